using Clinic.Contracts.Consent;
using Clinic.Contracts.Intake;
using Clinic.Contracts.Session;

namespace Clinic.Session.Domain;

/// <summary>
/// May this session start now? Pure, and asks everything: whoever is kept waiting learns all reasons at once. Unknown,
/// stale or possibly incomplete facts fail closed (domain rule 2.3.1). It decides about a session, never about crisis
/// contact.
/// </summary>
public static class StartGate
{
    /// <summary>Facts older than this are not trusted [P], domain section 6.</summary>
    public static readonly TimeSpan FactsAreFreshFor = TimeSpan.FromSeconds(10);

    public static GateCheck[] Evaluate(
        StartSession command, TherapySession session, StartFacts facts, DateTimeOffset now)
    {
        var (care, policy) = (facts.Care, facts.Policy);
        var consentAge = Seconds(facts.ConsentFactsAge);
        var intakeAge = Seconds(facts.IntakeFactsAge);
        var treatment = care?.Treatment(now);
        var modality = care?.Modality(session.Modality, now);
        var platformConsent = care?.Platform(session.PlatformId, now);
        var suitability = care?.Suitability;
        var licence = Licence(command, session, facts, now);
        var education = Education(care, policy);
        bool Denied(Predicate<ConsentScope> scope) => facts.Linked.Any(linked => linked.Denies(scope, now));
        var checkIn = CheckIn(session, policy, now);
        var checkInAge = checkIn is null ? null : (int?)Seconds(now - checkIn.CheckedInAt);
        var online = session.Modality != Modalities.InPerson;
        // who said no to a platform is not met there, whether or not anybody had to ask
        var refused = care.RefusesPlatform(facts.Linked, session.PlatformId, now);

        return
        [
            new(
                "consent-treatment", treatment is not null && !Denied(s => s.Kind == ScopeKinds.Treatment),
                treatment?.DirectiveVersion, consentAge),
            new(
                "consent-modality",
                modality is not null && !Denied(s => s.Kind == ScopeKinds.Modality && s.Value == session.Modality),
                modality?.DirectiveVersion, consentAge),
            new(
                "consent-platform", !online || ((platformConsent is not null || !NeedsPlatformConsent(facts)) && !refused),
                platformConsent?.DirectiveVersion, consentAge),
            new("suitability", suitability?.Allows(session.Modality, now) is true, suitability?.Sequence, intakeAge),
            new("identity", IdentityHolds(care, policy, now), care?.Identity?.Sequence, intakeAge),
            new("licence", licence.Holds, licence.Version, intakeAge),
            new(
                "emergency-plan", care?.EmergencyPlan?.IsCurrent(now) is true, care?.EmergencyPlan?.Sequence, intakeAge),
            new("safety-education", !online || education is not null, education?.Sequence, intakeAge),
            new("platform", !online || PlatformHolds(facts, now), facts.Platform?.Version),
            new(
                "location-confirmed", command.LocationConfirmed && checkIn is null or { Location: not null },
                AgeSeconds: checkInAge),
            new(
                "emergency-contact-confirmed",
                command.EmergencyContactConfirmed && checkIn is null or { EmergencyContactConfirmed: true },
                AgeSeconds: checkInAge),
            new(
                "checked-in", checkIn is not null || !policy.CheckInRequired,
                AgeSeconds: checkInAge),
            new("no-open-crisis", NoCrisis(facts), care?.Crisis?.Sequence, intakeAge),
            new("strong-login", facts.StrongLogin),
            new("not-held", session.HeldFor is null),
            new("consent-facts-fresh", facts.ConsentFactsAge <= FactsAreFreshFor, AgeSeconds: consentAge),
            new("intake-facts-fresh", facts.IntakeFactsAge <= FactsAreFreshFor, AgeSeconds: intakeAge),
            new("no-gap", !facts.GapOpen)
        ];
    }

    /// <summary>Where the client is: by their own word while it counts, else by the practitioner's.</summary>
    internal static string Jurisdiction(
        StartSession command, TherapySession session, SessionPolicy policy, DateTimeOffset now) =>
        CheckIn(session, policy, now)?.Jurisdiction ?? command.Jurisdiction;

    /// <summary>The client's own word on where they are, unless it is too old to say anything about now.</summary>
    private static ClientCheckedIn? CheckIn(TherapySession session, SessionPolicy policy, DateTimeOffset now) =>
        session.CheckIn is { } said && now - said.CheckedInAt <= policy.CheckInValid ? said : null;

    /// <summary>Known well enough for the kind of care that was found suitable (SP 800-63A-4).</summary>
    internal static bool IdentityHolds(ClientCare? care, SessionPolicy policy, DateTimeOffset now) =>
        care?.Suitability is { } suitability && care.IsKnownFor(suitability.Category, policy, now);

    /// <summary>Known well enough for a kind of care.</summary>
    internal static bool IsKnownFor(this ClientCare care, string category, SessionPolicy policy, DateTimeOffset now)
    {
        var level = care.Identity is { } known && now < known.ExpiresAt ? known.Level : null;
        return IdentityLevels.Satisfies(level, policy.RequiredIdentity(category));
    }

    internal static bool RefusesPlatform(
        this ClientCare? care, ClientCare[] linked, string? platformId, DateTimeOffset at) =>
        linked.Append(care).Any(known => known?.Denies(s => s.Kind == ScopeKinds.Platform && s.Value == platformId, at) is true);

    // Domain rule 2.1.7: where the client is now, by their own word and by the practitioner's (T38).
    private static (bool Holds, long? Version) Licence(
        StartSession command, TherapySession session, StartFacts facts, DateTimeOffset now)
    {
        if (facts.Care?.Suitability is not { } suitability) return (false, null);
        // Peer supporters hold no licence; intake approves them.
        if (suitability.Category != CareCategories.TherapistSupported) return (true, null);
        var here = facts.Licences?.Covering(command.Jurisdiction, now);
        var said = CheckIn(session, facts.Policy, now) is { } checkIn ? facts.Licences?.Covering(checkIn.Jurisdiction, now) : here;
        return (here is not null && said is not null, (here ?? said)?.Sequence);
    }

    private static SafetyEducationNoted? Education(ClientCare? care, SessionPolicy policy) =>
        care?.SafetyEducation.FirstOrDefault(known =>
            (policy.SafetyContentId.Length == 0 || known.ContentId == policy.SafetyContentId)
            && known.ContentVersion >= policy.SafetyContentVersion);

    private static bool PlatformHolds(StartFacts facts, DateTimeOffset now) =>
        facts.Platform?.IsApproved(now) is true
        && (facts.Platform.Approval!.E2ee || !facts.Policy.EndToEndEncryptionRequired);

    private static bool NeedsPlatformConsent(StartFacts facts) =>
        facts.Policy.ConsentToEveryPlatform || facts.Platform?.Approval?.CollectsForAdvertising is not false;

    private static bool NoCrisis(StartFacts facts) =>
        facts.Care is not null && facts.Linked.Prepend(facts.Care).All(care => care.Crisis?.Open is not true);

    // Rounded up, so that 10 is fresh and 11 is not. A producer never heard may come as TimeSpan.MaxValue.
    private static int Seconds(TimeSpan age) => (int)Math.Clamp(Math.Ceiling(age.TotalSeconds), 0, int.MaxValue);
}
