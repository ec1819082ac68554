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
        var care = facts.Care;
        var consentAge = Seconds(facts.ConsentFactsAge);
        var intakeAge = Seconds(facts.IntakeFactsAge);
        var treatment = care?.Treatment(now);
        var modality = care?.Modality(session.Modality, now);
        var suitability = care?.Suitability;
        var plan = care?.EmergencyPlan;
        var crisis = care?.Crisis;

        return
        [
            new("consent-treatment", treatment is not null, treatment?.DirectiveVersion, consentAge),
            new("consent-modality", modality is not null, modality?.DirectiveVersion, consentAge),
            new("suitability", suitability?.Allows(session.Modality, now) is true, suitability?.Sequence, intakeAge),
            new("emergency-plan", plan?.IsCurrent(now) is true, plan?.Sequence, intakeAge),
            new("location-confirmed", command.LocationConfirmed),
            new("emergency-contact-confirmed", command.EmergencyContactConfirmed),
            new("no-open-crisis", care is not null && crisis?.Open is not true, crisis?.Sequence, intakeAge),
            new("consent-facts-fresh", facts.ConsentFactsAge <= FactsAreFreshFor, AgeSeconds: consentAge),
            new("intake-facts-fresh", facts.IntakeFactsAge <= FactsAreFreshFor, AgeSeconds: intakeAge),
            new("no-gap", !facts.GapOpen)
        ];
    }

    // Rounded up, so that 10 is fresh and 11 is not. A producer never heard may come as TimeSpan.MaxValue.
    private static int Seconds(TimeSpan age) => (int)Math.Clamp(Math.Ceiling(age.TotalSeconds), 0, int.MaxValue);
}
