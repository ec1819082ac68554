using Clinic.Contracts;
using Clinic.Contracts.Session;
using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Hosting.Access;
using Clinic.Instruments;
using Clinic.Intake.Domain;

namespace Clinic.Intake.Service.Http;

/// <summary>One client's own matters, folded from the stream on the spot: personal members are opened for this reader and kept nowhere.</summary>
internal static class ClientQueries
{
    public static void Map(IEndpointRouteBuilder app, IConfiguration settings)
    {
        // for the client, after every screen: whom to call, and whether to show it at once
        app.MapGet("/clients/{clientId}/crisis-information", async (string clientId, ClinicalRead read, IEventStore store, CancellationToken ct) =>
        {
            var client = await Client(clientId, "crisis-information", read, store, ct);
            var region = client.Registration!.Region;
            return TypedResults.Ok(new CrisisInformation(
                client.InCrisis || client.TriageDue || client.FollowUpFor is not null, region, client.ContactPossible,
                [.. Own(settings, region).Where(n => n.Kind != CrisisNumber.Directory).Select(n => new CrisisService(n.Name, n.Contact))]));
        }).WithName("crisis-information").WithTags("queries");

        app.MapGet("/clients/{clientId}/identity", async (string clientId, ClinicalRead read, IEventStore store, TimeProvider time, CancellationToken ct) =>
        {
            var client = await Client(clientId, "identity", read, store, ct);
            var level = client.Identity.LevelAt(time.GetUtcNow());
            return TypedResults.Ok(new IdentityRow(client.Registration!.IdentityMode, level,
                client.Identity.Proofs.LastOrDefault(p => p.Level == level)?.ExpiresAt, client.Identity.Escrow is not null, client.Identity.Enrolled));
        }).WithName("identity").WithTags("queries");

        // a recent login, a reason, and the look itself is an event: this is where the pseudonym ends
        app.MapGet("/clients/{clientId}/identity-escrow", async (string clientId, ClinicalRead read, IEventStore store, CancellationToken ct) =>
        {
            var client = await Client(clientId, "identity-escrow", read, store, ct);
            var escrow = client.Identity.Escrow ?? throw new NotFoundException();
            return TypedResults.Ok(new EscrowRow(Open(escrow.IdentityRef), escrow.AuthorisedBy, escrow.ReasonCode));
        }).WithName("identity-escrow").WithTags("queries");

        app.MapGet("/clients/{clientId}/problems", async (string clientId, ClinicalRead read, IEventStore store, CancellationToken ct) =>
        {
            var client = await Client(clientId, "problems", read, store, ct);
            var problems = client.Problems;
            return TypedResults.Ok(new ProblemsRow(
                [
                    .. problems.Diagnoses.Select(d => new DiagnosisRow(d.DiagnosisId, d.System, Open(d.Code), problems.IsCorrected(d.DiagnosisId) ? "corrected" : d.Status, d.Basis,
                        d.RecordedBy, d.RecordedAt, [.. d.Labels.Union(problems.LabelsOf(d.DiagnosisId))], problems.SharingOf(d.DiagnosisId), d.CueProfile, CueProfiles.MissingIn(d.CueProfile)))
                ],
                [.. problems.Goals.Select(g => new GoalRow(g.GoalId, Open(g.Text), g.ReviewBy))],
                [.. client.SharedDecisions.Select(d => new SharedDecisionRow(d.SharedDecisionId, d.Options, d.Chosen, d.Declined, Open(d.Preferences), d.ClientAgrees, d.ClinicianId))]));
        }).WithName("problems").WithTags("queries");
    }

    private static async Task<Client> Client(string clientId, string view, ClinicalRead read, IEventStore store, CancellationToken ct)
    {
        var actor = await read.Record(clientId, view, ct, followsLog: false);
        return (await store.Load<Client>(actor.Tenant, Domain.Client.StreamId(clientId), default, ct)).State is { Registration: not null } client ? client : throw new NotFoundException();
    }

    // a clinic's own, as Crisis__GB__0__Name, __Contact and __Kind
    private static IReadOnlyList<CrisisNumber> Own(IConfiguration settings, string region) =>
        CrisisNumbers.At(region, place => settings.GetSection("Crisis:" + place).Get<CrisisNumber[]>());

    private static string Open(Personal<string> value) => value.IsErased ? "(erased)" : value.Value;
}

/// <summary>A service that answers people in a crisis.</summary>
/// <param name="Name">As it calls itself.</param>
/// <param name="Phone">As dialled there.</param>
internal sealed record CrisisService(string Name, string Phone);

/// <summary>Whom a client can call.</summary>
/// <param name="ShowNow">A risk is open: shown at once, without being asked for.</param>
/// <param name="ContactPossible">False when nobody here can reach the client.</param>
internal sealed record CrisisInformation(bool ShowNow, string Region, bool ContactPossible, IReadOnlyList<CrisisService> Services);

/// <summary>How well the identity is known. Whose it is stands in escrow.</summary>
internal sealed record IdentityRow(string Mode, string Level, DateTimeOffset? ExpiresAt, bool InEscrow, IReadOnlyList<string> Enrolled);

/// <summary>Whose pseudonym it is, by reference to the clinic's own register.</summary>
internal sealed record EscrowRow(string IdentityRef, string AuthorisedBy, string ReasonCode);

/// <summary>What a client has, wants and has weighed. What was erased says so, <c>(erased)</c>.</summary>
internal sealed record ProblemsRow(IReadOnlyList<DiagnosisRow> Diagnoses, IReadOnlyList<GoalRow> Goals, IReadOnlyList<SharedDecisionRow> SharedDecisions);

/// <summary>One diagnosis.</summary>
/// <param name="Status"><c>provisional</c>, <c>confirmed</c> or <c>corrected</c>.</param>
/// <param name="Basis">What it rests on.</param>
/// <param name="CueProfile">By what the client was met for it, and its version; null where nobody said.</param>
/// <param name="MissingCues">What could not be seen or heard then (S13).</param>
internal sealed record DiagnosisRow(
    string DiagnosisId, string System, string Code, string Status, string Basis, string RecordedBy, DateTimeOffset RecordedAt, string[] Labels, string Sharing,
    string? CueProfile, string[] MissingCues);

/// <summary>One goal.</summary>
internal sealed record GoalRow(string GoalId, string Text, DateOnly? ReviewBy);

/// <summary>What was weighed together.</summary>
internal sealed record SharedDecisionRow(
    string SharedDecisionId, string[] Options, string Chosen, string[] Declined, string Preferences, bool ClientAgrees, string ClinicianId);
