using System.Text.RegularExpressions;
using Clinic.Contracts;
using FluentValidation;

namespace Clinic.Consent.Domain;

/// <summary>The few shapes that most commands of this service share.</summary>
internal static partial class FieldRules
{
    public static IRuleBuilderOptions<T, string?> MustBeId<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(Ids.AreValid).WithMessage(Ids.Rule);

    /// <summary>
    /// Codes end up in events for ever and on the bus, so they have the alphabet of ids: no room for free text.
    /// </summary>
    public static IRuleBuilderOptions<T, string?> MustBeCode<T>(this IRuleBuilder<T, string?> rule) => rule.MustBeId();

    public static IRuleBuilderOptions<T, string?> MustBeHash<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(value => value is not null && Sha256().IsMatch(value))
            .WithMessage("must be 64 lower-case hexadecimal digits");

    /// <summary>BCP 47, without the corners nobody uses.</summary>
    public static IRuleBuilderOptions<T, string?> MustBeLanguage<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(value => value is not null && Bcp47().IsMatch(value)).WithMessage("must be a language tag such as en or fr-CA");

    public static IRuleBuilderOptions<T, string?> MustBeOneOf<T>(
        this IRuleBuilder<T, string?> rule, IReadOnlyCollection<string> allowed) =>
        rule.Must(value => value is not null && allowed.Contains(value))
            .WithMessage($"must be one of {string.Join(", ", allowed)}");

    public static IRuleBuilderOptions<T, TItem[]> MustHaveLength<T, TItem>(
        this IRuleBuilder<T, TItem[]> rule, int least, int most) =>
        rule.Must(items => items is not null && items.Length >= least && items.Length <= most)
            .WithMessage($"must have {least} to {most} entries");

    /// <summary>
    /// Catches seconds taken for milliseconds, default dates and the like; says nothing about the domain.
    /// </summary>
    public static bool IsSane(DateTimeOffset instant) => instant.Year is >= 2000 and < 2200;

    /// <summary>Catches default dates; a record may be older than this system.</summary>
    public static bool IsSane(DateOnly date) => date.Year is >= 1900 and < 2200;

    public const string Insane = "must be a date between 1900 (an instant: 2000) and 2200";

    [GeneratedRegex(@"\A[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\z")]
    private static partial Regex Bcp47();

    [GeneratedRegex(@"\A[0-9a-f]{64}\z")]
    private static partial Regex Sha256();
}
