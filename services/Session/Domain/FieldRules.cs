using Clinic.Contracts;
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
}
