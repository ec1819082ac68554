using Clinic.Contracts;
using FluentValidation;

namespace Clinic.Feedback.Domain;

internal static class FieldRules
{
    public const int LongestText = 4000;

    public static IRuleBuilderOptions<T, string> MustBeId<T>(this IRuleBuilder<T, string> rule) => rule.Must(Ids.AreValid).WithMessage(Ids.Rule);

    /// <summary>An id the sender chooses for something new here.</summary>
    public static IRuleBuilderOptions<T, string> MustBeNewId<T>(this IRuleBuilder<T, string> rule) => rule.MustBeId()
        .Must(id => !Stable.Made(id)).WithMessage("must not be a letter, '-' and 32 hexadecimal digits: the service's own ids look so");

    /// <summary>Null, or an id.</summary>
    public static IRuleBuilderOptions<T, string?> MayBeId<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(id => id is null || Ids.AreValid(id)).WithMessage(Ids.Rule);

    public static IRuleBuilderOptions<T, string?> MustBeOneOf<T>(this IRuleBuilder<T, string?> rule, params string[] codes) =>
        rule.Must(code => codes.Contains(code)).WithMessage($"must be one of: {string.Join(", ", codes)}");

    public static IRuleBuilderOptions<T, string> MustBeLanguage<T>(this IRuleBuilder<T, string> rule) =>
        rule.Matches(@"\A[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\z").WithMessage("must be a BCP 47 language tag, for example 'fr'");

    /// <summary>Something a person wrote.</summary>
    public static IRuleBuilderOptions<T, string> MustBeText<T>(this IRuleBuilder<T, string> rule) => rule.NotEmpty().MaximumLength(LongestText);

    public static IRuleBuilderOptions<T, string?> MayBeTimeZone<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(zone => zone is null || TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)).WithMessage("must be an IANA time zone, for example 'Europe/London'");
}
