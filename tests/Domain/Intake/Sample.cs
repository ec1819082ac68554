using Clinic.Contracts;
using Clinic.Contracts.Intake;

namespace Clinic.Tests.Domain.Intake;

using Clinic.Intake.Domain; // inside, so that stored events win over the public ones of the same name

/// <summary>What intake's specifications begin with.</summary>
internal static class Sample
{
    internal static readonly DateOnly NextYear = new(2027, 3, 1);

    internal static readonly ClientRegistered Registered =
        new("client-1", Routes.Self, IdentityModes.Pseudonymous, "25-34", "en", "GB", new string[] { "screen-reader" });

    internal static readonly EmergencyPlanRecorded Plan = new("client-1", "contact-1", "place-1", "112", NextYear);

    internal static readonly LicenceVerified Licence =
        new("ther-1", "clinical-psychologist", "PYL-1", "GB", "hcpc", Spec.Now.AddDays(-30), Spec.Now.AddYears(1));

    internal static readonly SafetyAlertNoted Alert =
        new("client-1", "resp-1-phq-9-item-9", "phq-9-item-9", "resp-1", Spec.Now.AddHours(1));

    internal static readonly RiskTriaged Triaged =
        new("client-1", "triage-1", "phq-9-item-9", RiskTiers.Low, "ther-1", Spec.Now.AddHours(4));

    internal static readonly FollowUpScreenRequested FollowUp =
        new("client-1", "screen-1", "c-ssrs", "phq-9-item-9", true);

    internal static readonly CrisisPathwayActivated Crisis = new("client-1", "c-ssrs-high", "screen-2", true);

    internal static readonly Actor Supervisor = new("sup-1", Roles.Supervisor, "north");

    internal static readonly DecideSuitability Online = new(
        "client-1", SuitabilityDecisions.Online, CareCategories.TherapistSupported, [CareModalities.Video], [], "Stable, private room, wants video.", NextYear);

    internal static readonly SuitabilityDecided Decided = new(
        "client-1", SuitabilityDecisions.Online, CareCategories.TherapistSupported, [CareModalities.Video], Array.Empty<string>(),
        "Stable, private room, wants video.", "ther-1", NextYear);

    /// <summary>What a decision knows when the therapist decides.</summary>
    internal static SuitabilityFacts Deciding(Practitioner? therapist) => new(Spec.Therapist, therapist);

    internal static ScreeningCompleted Phq9(int? total, string? band, int itemNine, params int?[] items) => new(
        "client-1", "screen-1", "phq-9", "1999", "en", items, "phq-9/1", total is null ? "invalid" : "complete", total, band,
        itemNine, CompletedAt: Spec.Now);

    internal static ScreeningCompleted CSsrs(string? band, string validity, bool? pastThreeMonths, params int?[] items) => new(
        "client-1", "screen-2", "c-ssrs", "2009", "en", items, "c-ssrs/1", validity, null, band, null, pastThreeMonths, CompletedAt: Spec.Now);
}
