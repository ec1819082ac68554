using Clinic.Contracts;

namespace Clinic.Intake.Domain;

/// <summary>Risk and suitability are judged by clinicians, never by software, peers or staff.</summary>
internal static class Clinicians
{
    internal static void MustBe(Actor by)
    {
        if (by.Role is not (Roles.Therapist or Roles.Supervisor))
            throw new RuleViolation("role_not_permitted", "Only a therapist or supervisor may do this.");
    }
}
