using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Clinic.Contracts.Session;
using FluentValidation;

namespace Clinic.Session.Domain;

/// <summary>The few shapes that most commands of this service share.</summary>
internal static class FieldRules
{
    public static IRuleBuilderOptions<T, string?> MustBeId<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(Ids.AreValid).WithMessage(Ids.Rule);

    /// <summary>
    /// Codes end up in events for ever and on the bus, so they have the alphabet of ids: no room for free text.
    /// </summary>
    public static IRuleBuilderOptions<T, string?> MustBeCode<T>(this IRuleBuilder<T, string?> rule) => rule.MustBeId();

    public static IRuleBuilderOptions<T, string?> MustBeOneOf<T>(
        this IRuleBuilder<T, string?> rule, IReadOnlyCollection<string> allowed) =>
        rule.Must(value => value is not null && allowed.Contains(value))
            .WithMessage($"must be one of {string.Join(", ", allowed)}");

    /// <summary>ISO 3166 country or subdivision.</summary>
    public static IRuleBuilderOptions<T, string?> MustBeJurisdiction<T>(this IRuleBuilder<T, string?> rule) =>
        rule.NotNull().Matches(@"\A[A-Z]{2}(-[A-Z0-9]{1,3})?\z")
            .WithMessage("must be an ISO 3166 country or subdivision, for example US-CA");

    // The shape only: asking the machine's time zone database would make the answer depend on the machine.
    public static IRuleBuilderOptions<T, string?> MustBeTimeZone<T>(this IRuleBuilder<T, string?> rule) =>
        rule.NotNull().MaximumLength(64).Matches(@"\A[A-Za-z]+([/_+-][A-Za-z0-9]+)*\z");

    public static IRuleBuilderOptions<T, string?> MustBeParty<T>(this IRuleBuilder<T, string?> rule) =>
        rule.MustBeOneOf([Parties.Client, Parties.Practitioner]);

    public static IRuleBuilderOptions<T, string[]?> MustBeLabels<T>(this IRuleBuilder<T, string[]?> rule) =>
        rule.Must(labels => labels is null || (labels.Length <= 8 && labels.All(SensitivityLabels.All.Contains)))
            .WithMessage($"must be some of {string.Join(", ", SensitivityLabels.All)}");

    /// <summary>What a person wrote: as long as a request may be, never empty.</summary>
    public static IRuleBuilderOptions<T, string?> MustBeText<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is not null && text.Trim().Length is > 0 and <= 20_000)
            .WithMessage("must be 1 to 20000 characters");
}
