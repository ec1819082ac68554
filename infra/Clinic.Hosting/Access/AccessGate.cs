using System.Globalization;
using System.Security.Claims;
using Clinic.Contracts;
using Clinic.Contracts.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Clinic.Hosting.Access;

/// <summary>
/// In front of every route: finds its row, resolves who calls, and lets in who may. A route without a row is refused to
/// everybody. Whose data it may be is checked where that is known: <see cref="Admission"/>.
/// </summary>
internal sealed class AccessGate(
    RequestDelegate next, AccessTable table, AccessFacts facts, StepUp stepUp, Denials denials, TimeProvider time, ILogger<AccessGate> logger)
{
    private static readonly string[] Persons = [Roles.Client, Roles.PeerSupporter, Roles.Therapist, Roles.Supervisor];

    private static readonly string[] Known = [.. Persons, Roles.ClinicSystem, Roles.Auditor, Roles.Operator];

    public async Task InvokeAsync(HttpContext http)
    {
        // no route: 404 or 405, and authorization has asked for a token even there
        if (http.GetEndpoint() is not RouteEndpoint endpoint)
        {
            await next(http);
            return;
        }
        var name = endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName;
        if (table.Find(name) is not { } row)
        {
            logger.LogError("Route {Route} has no policy row and is refused", endpoint.DisplayName);
            throw new ForbiddenException("Nobody may do this.");
        }
        if (row.Reach is Reach.Open or Reach.Release)
        {
            await next(http);
            return;
        }
        var admission = await Admit(http, row);
        http.Admit(admission);
        if (row.Shows != Shows.Nothing)
            // the last moment before the first byte: what was not recorded is not shown
            http.Response.OnStarting(() => http.Response.StatusCode >= 300 || admission.Recorded
                ? Task.CompletedTask
                : throw new InvalidOperationException($"{row.Operation} would show what it has not recorded"));
        try
        {
            await next(http);
        }
        catch (NotFoundException) when (admission.Refused is not null)
        {
            await denials.Record(admission.Actor, row.Operation, AccessDenied.NotRelated, admission.Refused.ClientId);
            throw;
        }
    }

    private async Task<Admission> Admit(HttpContext http, AccessRow row)
    {
        var (user, ct) = (http.User, http.RequestAborted);
        var (subject, role, tenant) = (One(user, "sub"), One(user, "role"), One(user, "tenant"));
        // it goes into routing keys and row policies, where other characters mean something
        if (!Ids.AreValid(tenant)) throw new ForbiddenException("The token's 'tenant' is not a clinic's id.");
        if (!Known.Contains(role)) throw new ForbiddenException("The token's 'role' is none that this installation knows.");

        if (!row.ToleratesStaleFacts) await facts.MustBeFresh(AccessFacts.SubjectsValid, ct);
        if (!Persons.Contains(role) && Amqp.Text(subject) is null) throw new ForbiddenException("The token's 'sub' is not 1 to 200 printable characters.");
        var issued = Issued(user);
        var hash = SubjectHash.Of(One(user, "iss"), subject);
        var known = await facts.Subject(tenant, hash, k => Allows(k, role, issued), ct);
        if (known?.TokensUpTo >= issued)
            throw new ChallengeException("invalid_token", "Bearer error=\"invalid_token\", error_description=\"the credential was reported as compromised\"",
                "This token was issued before its credential was reported as compromised.");
        var id = !Persons.Contains(role) ? subject : (role == Roles.Client ? known?.ClientId : known?.PractitionerId)
            ?? throw new ForbiddenException($"The token's subject is linked to no {(role == Roles.Client ? "client" : "practitioner")} here.", "subject_not_linked");

        var actor = new Actor(id, role, tenant, user.FindFirstValue("on_behalf_of"),
            user.FindAll("acr").ToArray() is [var acr] ? acr.Value : null);
        var client = http.GetRouteValue("clientId") as string;
        if (!row.Roles.Contains(role))
        {
            await denials.Record(actor, row.Operation, AccessDenied.RoleNotPermitted, client);
            throw new ForbiddenException($"A {role} may not do this.");
        }
        try
        {
            if (row.NeedsStepUp) stepUp.Demand(user, time.GetUtcNow());
        }
        catch (ChallengeException)
        {
            await denials.Record(actor, row.Operation, AccessDenied.WeakLogin, client);
            throw;
        }
        return new Admission(row, actor, facts);
    }

    private static bool Allows(KnownSubject? known, string role, DateTimeOffset issued) => !(known?.TokensUpTo >= issued)
        && (!Persons.Contains(role) || (role == Roles.Client ? known?.ClientId : known?.PractitionerId) is not null);

    private static string One(ClaimsPrincipal user, string name) => user.FindAll(name).ToArray() is [{ Value: { Length: > 0 } value }]
        ? value
        : throw new ForbiddenException($"The token needs exactly one '{name}'.");

    /// <summary>When it was issued, which RFC 9068 requires; without it nobody could say whether it came before a compromise.</summary>
    private static DateTimeOffset Issued(ClaimsPrincipal user) =>
        long.TryParse(user.FindFirstValue("iat"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : throw new ChallengeException("invalid_token", "Bearer error=\"invalid_token\", error_description=\"iat is missing\"", "The token has no 'iat'.");
}
