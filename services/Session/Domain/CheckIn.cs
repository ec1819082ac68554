using Clinic.Contracts;
using Clinic.Contracts.Intake;
using Clinic.Contracts.Session;
using FluentValidation;

namespace Clinic.Session.Domain;

public sealed class CheckInValidator : AbstractValidator<CheckIn>
{
    public CheckInValidator()
    {
        RuleFor(c => c.SessionId).MustBeId();
        RuleFor(c => c.Jurisdiction).MustBeJurisdiction();
        RuleFor(c => c.IdentityCheck).MustBeCode();
        RuleFor(c => c.Location).MaximumLength(500);
    }
}

/// <param name="StrongLogin">The caller has logged in with two factors.</param>
/// <param name="Licences">Of the practitioner.</param>
public sealed record CheckInFacts(Actor By, bool StrongLogin, ClientCare? Care, Licences? Licences)
{
    public SessionPolicy Policy { get; init; } = SessionPolicy.Default;

    /// <summary>Others who hold a licence for where the client is.</summary>
    public string[] Colleagues { get; init; } = [];
}

public static class CheckInAggregateHandler
{
    /// <summary>Reason of a flag: the client went, during a session, where the practitioner may not treat them.</summary>
    public const string LocationNotLicensed = "location-not-licensed";

    public static object[] Handle(CheckIn command, TherapySession? state, CheckInFacts facts, DateTimeOffset now)
    {
        facts.By.MustSpeakFor(Parties.Client);
        var session = state.Known();
        if (session.Status != SessionStatus.Scheduled && !session.IsOngoing)
            throw new RuleViolation("session_closed", "The session is over or was called off.", "sessionId");

        var checkedIn = new ClientCheckedIn(
            session.SessionId, session.ClientId, command.Jurisdiction, command.IdentityCheck, command.PrivateSpace,
            command.SecureNetwork, command.EmergencyContactConfirmed, now,
            facts.StrongLogin && facts.By.Role is Roles.Client,
            string.IsNullOrWhiteSpace(command.Location) ? null : command.Location);
        // The same words while the first ones count say nothing new; later they say where the client is then.
        if (session.CheckIn is { } said && now - said.CheckedInAt <= facts.Policy.CheckInValid
            && said == checkedIn with { CheckedInAt = said.CheckedInAt })
            return [];
        if (facts.Care?.Suitability?.Category != CareCategories.TherapistSupported || facts.Licences?.Covering(command.Jurisdiction, now) is not null)
            return [checkedIn];
        return
        [
            checkedIn,
            // P8: a session is not torn off because somebody crossed a border; the practitioner is told and decides.
            .. session.IsOngoing ? [new SessionFlagged(session.SessionId, session.ClientId, LocationNotLicensed, now)] : Array.Empty<object>(),
            .. facts.Colleagues.Length > 0
                ? [new ColleaguesOffered(session.SessionId, session.ClientId, command.Jurisdiction, facts.Colleagues)]
                : Array.Empty<object>()
        ];
    }
}
