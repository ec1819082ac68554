using Clinic.Contracts;
using Microsoft.AspNetCore.Http;

namespace Clinic.Hosting.Access;

/// <summary>One caller let in for one operation: the role fits; whose data it may be about is still to be checked.</summary>
public sealed class Admission(AccessRow row, Actor actor, AccessFacts facts)
{
    /// <summary>Who acts: the client or practitioner the token's subject is linked to, or the subject itself for the clinic's staff and systems.</summary>
    public Actor Actor => actor;

    public AccessRow Row => row;

    /// <summary>Set when what is about to be shown has been recorded.</summary>
    internal bool Recorded { get; set; }

    /// <summary>
    /// Set when the caller was not related to what it asked for: whose record that would have been, null inside when there is no such
    /// thing. Both are recorded, so that the time an answer takes tells no more than the answer.
    /// </summary>
    internal Refusal? Refused { get; private set; }

    /// <summary>Checks a command against the client it is about.</summary>
    /// <param name="state">What the command changes, null when there is no such thing.</param>
    /// <exception cref="NotFoundException">There is none, or it is not theirs: the same answer for both.</exception>
    internal Task Check(object command, object? state, CancellationToken ct) => row.Reach == Reach.Client
        ? Demand(row.Client!(command, state), row.Practitioner?.Invoke(state), ct)
        : Task.CompletedTask;

    /// <summary>Checks that the caller may see or change this client's data.</summary>
    /// <exception cref="NotFoundException">They may not, or there is none.</exception>
    /// <exception cref="StaleFactsException">Nobody can say right now.</exception>
    public async Task Demand(string? clientId, string? practitionerId, CancellationToken ct)
    {
        if (actor.Role == Roles.Therapist && !row.ToleratesStaleFacts) await facts.MustBeFresh(AccessFacts.RelationshipsValid, ct);
        var theirs = clientId is not null && actor.Role switch
        {
            Roles.Client => clientId == actor.Id,
            Roles.Therapist => await facts.IsTherapistOf(actor.Tenant, clientId, actor.Id, ct),
            Roles.PeerSupporter => practitionerId == actor.Id,
            _ => true
        };
        if (theirs) return;
        // to the others the whole clinic is open: what they do not find is not there
        if (actor.Role is Roles.Client or Roles.Therapist or Roles.PeerSupporter) Refused = new Refusal(clientId);
        throw new NotFoundException();
    }
}

/// <summary>What was kept from a caller.</summary>
/// <param name="ClientId">Whose it is; null when there is no such thing.</param>
internal sealed record Refusal(string? ClientId);

/// <summary>It is not there, or not for this caller; nobody can tell which.</summary>
public sealed class NotFoundException() : Exception("There is no such thing.");

/// <summary>The token is not good enough for what was asked; says what would be.</summary>
public sealed class ChallengeException(string code, string challenge, string message) : Exception(message)
{
    public string Code => code;

    /// <summary>Value of <c>WWW-Authenticate</c>.</summary>
    public string Challenge => challenge;
}

/// <summary>The admission of the current request.</summary>
public static class Admissions
{
    private static readonly object Key = new();

    /// <summary>Who was let in.</summary>
    public static Admission Admission(this HttpContext http) =>
        http.Items[Key] as Admission ?? throw new InvalidOperationException("nobody was let in here");

    internal static void Admit(this HttpContext http, Admission admission) => http.Items[Key] = admission;
}
