using Clinic.Contracts;

namespace Clinic.Intake.Domain;

/// <summary>What the commands about licences share.</summary>
internal static class Licences
{
    internal static void MustBeOperator(Actor by)
    {
        if (by.Role != Roles.Operator)
            throw new RuleViolation("role_not_permitted", "Only an operator may record what a register says.");
    }

    internal static Practitioner Verified(Practitioner? state, string jurisdiction) => state is not null && state.Checks.Any(c => c.Jurisdiction == jurisdiction)
        ? state
        : throw new RuleViolation("licence_unknown", "No licence of this practitioner was verified for this jurisdiction.", "jurisdiction");

    /// <summary>False when it is known already; that it began earlier than was known is news.</summary>
    internal static bool Interrupts(Practitioner? state, string jurisdiction, string kind, DateTimeOffset from, Actor by)
    {
        MustBeOperator(by);
        var open = Verified(state, jurisdiction).Interruptions.LastOrDefault(i => i.Until is null && (i.Jurisdiction, i.Kind) == (jurisdiction, kind));
        if (open is null || from < open.From) return true;
        return from == open.From
            ? false
            : throw new RuleViolation("licence_interrupted", $"The licence is {kind} already, from an earlier instant.", "effectiveAt");
    }
}
