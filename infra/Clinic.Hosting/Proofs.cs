using Clinic.Contracts;
using Clinic.EventLog.Proofs;
using Clinic.Hosting.Access;
using Clinic.Proof;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Clinic.Hosting;

/// <summary>
/// A service's log for who verifies: C2SP tlog-tiles below <c>/log</c>, a C2SP tlog-proof for every receipt, and consistency
/// between any two sizes. Hashes and signatures only, nothing that tells of a person.
/// </summary>
internal static class Proofs
{
    /// <summary>A receipt is covered by a checkpoint about a second after it was given.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private const string Text = "text/plain; charset=utf-8";

    /// <summary>Their operations; every service has the same.</summary>
    public static readonly AccessRow[] Rows =
    [
        Allow.Route("log-checkpoint", Roles.Client, Roles.PeerSupporter, Roles.Therapist, Roles.Supervisor, Roles.ClinicSystem, Roles.Auditor, Roles.Operator),
        Allow.Route("log-tile", Roles.ClinicSystem, Roles.Auditor, Roles.Operator),
        Allow.Route("event-proof", Roles.Client, Roles.PeerSupporter, Roles.Therapist, Roles.Supervisor, Roles.ClinicSystem, Roles.Auditor, Roles.Operator),
        Allow.Route("log-consistency", Roles.ClinicSystem, Roles.Auditor, Roles.Operator)
    ];

    public static void MapProofs(this IEndpointRouteBuilder app)
    {
        app.MapGet("/log/checkpoint", async (ProofReader proofs, CancellationToken ct) =>
                await proofs.Latest(ct) is { } note ? Results.Text(note.ToString(), Text) : throw new NotFoundException())
            .WithName("log-checkpoint").WithTags("proofs").Produces<string>(200, "text/plain")
            .WithSummary("The last signed checkpoint (C2SP tlog-checkpoint), with the cosignatures of witnesses.");

        app.MapGet("/log/tile/{**path}", async (string path, HttpContext http, ProofReader proofs, CancellationToken ct) =>
            {
                Tile tile;
                try
                {
                    tile = Tile.Parse("tile/" + path);
                }
                catch (FormatException)
                {
                    throw new NotFoundException();
                }
                var bytes = await proofs.Read(tile, ct) ?? throw new NotFoundException();
                // what a path has once named never changes
                http.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
                return Results.Bytes(bytes, "application/octet-stream");
            })
            .WithName("log-tile").WithTags("proofs").Produces<byte[]>(200, "application/octet-stream")
            .WithSummary("A tile of hashes, or an entry bundle (C2SP tlog-tiles); an entry is be64(seq_id) and the event's hash.");

        app.MapGet("/audit/proof/{eventId:guid}", async (Guid eventId, HttpContext http, ProofReader proofs, CancellationToken ct) =>
            {
                try
                {
                    var proof = await proofs.Inclusion(http.Admission().Actor.Tenant, eventId, Patience, ct) ?? throw new NotFoundException();
                    return Results.Text(proof.ToString(), Text);
                }
                catch (TimeoutException)
                {
                    http.Response.Headers.RetryAfter = "1";
                    throw new RuleViolation("not_signed_yet", "The event is not covered by a checkpoint yet.");
                }
            })
            .WithName("event-proof").WithTags("proofs").Produces<string>(200, "text/plain").ProducesProblem(409)
            .WithSummary("That an event is in the log (C2SP tlog-proof): the receipt of a command is such an id. The extra line is the log's entry.");

        app.MapGet("/audit/consistency", async (long from, long to, ProofReader proofs, CancellationToken ct) =>
            {
                try
                {
                    var proof = await proofs.Consistent(from, to, ct);
                    return TypedResults.Ok(new ConsistencyAnswer(proof.From, proof.To, Convert.ToBase64String(proof.FromRoot), Convert.ToBase64String(proof.ToRoot),
                        [.. proof.Hashes.Select(Convert.ToBase64String)]));
                }
                catch (ArgumentOutOfRangeException)
                {
                    throw new MalformedException("to", "'from' is at least 0, 'to' at least 'from', and the log at least as long as 'to'.");
                }
            })
            .WithName("log-consistency").WithTags("proofs")
            .WithSummary("That the log at one size is the beginning of the log at another (RFC 6962, 2.1.2); roots and hashes in base64.");
    }

    /// <param name="Proof">Hashes, in the order of the RFC.</param>
    private sealed record ConsistencyAnswer(long From, long To, string FromRoot, string ToRoot, string[] Proof);
}
