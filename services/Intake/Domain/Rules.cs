using Clinic.Contracts;
using FluentValidation;

namespace Clinic.Intake.Domain;

/// <summary>The shapes intake's validators share.</summary>
internal static class Rules
{
    internal static void IsId<T>(this IRuleBuilder<T, string> rule) => rule.Must(Ids.AreValid).WithMessage(Ids.Rule);

    /// <summary>An open code list of the sender's: any code, but no room for prose.</summary>
    internal static void IsCode<T>(this IRuleBuilder<T, string> rule) =>
        rule.Matches(@"\A[A-Za-z0-9][A-Za-z0-9.:_-]{0,31}\z")
            .WithMessage("must be a code of 1 to 32 characters without spaces");

    internal static void IsOneOf<T>(this IRuleBuilder<T, string> rule, params IReadOnlyList<string> codes) =>
        rule.Must(code => codes.Contains(code)).WithMessage($"must be one of: {string.Join(", ", codes)}");

    internal static void IsLanguage<T>(this IRuleBuilder<T, string> rule) =>
        rule.Matches(@"\A[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\z")
            .WithMessage("must be a BCP 47 language tag, for example 'fr'");

    internal static void IsRegion<T>(this IRuleBuilder<T, string> rule) =>
        rule.Matches(@"\A[A-Z]{2}(-[A-Z0-9]{1,3})?\z")
            .WithMessage("must be an ISO 3166 code, for example 'GB' or 'US-CA'");

    internal static void HasAtMost<T, TItem>(this IRuleBuilder<T, TItem[]> rule, int most) =>
        rule.Must(items => items.Length <= most).WithMessage($"must hold at most {most} entries");

    // Whether a date is past or future is a rule and needs the clock; that it is a date of this century is plain sense.
    internal static void IsSane<T>(this IRuleBuilder<T, DateTimeOffset> rule) =>
        rule.Must(at => at.Year is >= 2000 and < 2100).WithMessage("must lie between 2000 and 2100");

    internal static void IsSane<T>(this IRuleBuilder<T, DateTimeOffset?> rule) =>
        rule.Must(at => at is null || at.Value.Year is >= 2000 and < 2100).WithMessage("must lie between 2000 and 2100");

    internal static void IsSane<T>(this IRuleBuilder<T, DateOnly> rule) =>
        rule.Must(day => day.Year is >= 2000 and < 2100).WithMessage("must lie between 2000 and 2100");
}
