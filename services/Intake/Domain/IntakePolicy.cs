using Clinic.Contracts.Intake;

namespace Clinic.Intake.Domain;

/// <summary>What a clinic may decide otherwise; the values here are proposed defaults.</summary>
public sealed record IntakePolicy
{
    /// <summary>Level of identity that a category of care needs, where it is not <see cref="Clinic.Contracts.Intake.IdentityLevels.DefaultFor"/>.</summary>
    public Dictionary<string, string> IdentityLevels { get; init; } = [];

    /// <summary>Categories an anonymous client may use; every other one needs at least a pseudonym.</summary>
    public string[] AnonymousCategories { get; init; } = [CareCategories.Education];

    /// <summary>Topics every practitioner must have had attested. What was attested once must not expire in any case.</summary>
    public string[] RequiredCompetences { get; init; } = [];

    public string LevelFor(string category) => IdentityLevels.GetValueOrDefault(category) ?? Clinic.Contracts.Intake.IdentityLevels.DefaultFor(category);
}
