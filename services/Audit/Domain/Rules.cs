using Clinic.Contracts;
using FluentValidation;

namespace Clinic.Audit.Domain;

/// <summary>The shapes audit's validators share.</summary>
internal static class Rules
{
    internal static void IsId<T>(this IRuleBuilder<T, string> rule) => rule.Must(Ids.AreValid).WithMessage(Ids.Rule);

    /// <summary>An open code list of the sender's: any code, but no room for prose.</summary>
    internal static IRuleBuilderOptions<T, string> IsCode<T>(this IRuleBuilder<T, string> rule) =>
        rule.Matches(@"\A[A-Za-z0-9][A-Za-z0-9.:_-]{0,63}\z").WithMessage("must be a code of 1 to 64 characters without spaces");

    internal static void IsOneOf<T>(this IRuleBuilder<T, string> rule, IReadOnlyList<string> codes) =>
        rule.Must(code => codes.Contains(code)).WithMessage($"must be one of: {string.Join(", ", codes)}");

    internal static void IsSane<T>(this IRuleBuilder<T, DateTimeOffset> rule) =>
        rule.Must(at => at.Year is >= 2000 and < 2100).WithMessage("must lie between 2000 and 2100");

    internal static RuleViolation Unknown(string what, string field) => new($"{what}_unknown", $"There is no such {what}.", field);
}
