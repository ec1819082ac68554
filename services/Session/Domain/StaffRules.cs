using Clinic.Contracts;
using Clinic.Contracts.Session;

namespace Clinic.Session.Domain;

/// <summary>Who may speak for whom, the same in most commands of a session.</summary>
internal static class StaffRules
{
    public static bool IsStaff(this Actor by) =>
        by.Role is Roles.Therapist or Roles.Supervisor or Roles.PeerSupporter or Roles.ClinicSystem;

    /// <summary>Treats people, so may write clinical records.</summary>
    public static bool IsClinician(this Actor by) => by.Role is Roles.Therapist or Roles.Supervisor;

    /// <summary>A client speaks for the client alone; staff may pass on what the client said.</summary>
    public static void MustSpeakFor(this Actor by, string party)
    {
        if (!(party == Parties.Client ? by.Role is Roles.Client || by.IsStaff() : by.IsStaff()))
            throw new RuleViolation("role_not_permitted", "This actor cannot speak in that party's name.", "by");
    }

    public static void MustBeStaff(this Actor by)
    {
        if (!by.IsStaff()) throw new RuleViolation("role_not_permitted", "Clinic staff does this.");
    }

    public static void MustBeClinician(this Actor by)
    {
        if (!by.IsClinician()) throw new RuleViolation("role_not_permitted", "A therapist or supervisor does this.");
    }

    /// <exception cref="RuleViolation">There is no such session.</exception>
    public static TherapySession Known(this TherapySession? state) =>
        state ?? throw new RuleViolation("session_unknown", "There is no such session.", "sessionId");

    /// <exception cref="RuleViolation">It is not going on.</exception>
    public static TherapySession Ongoing(this TherapySession? state) => state.Known().IsOngoing
        ? state!
        : throw new RuleViolation("session_not_in_progress", "The session is not in progress.", "sessionId");
}
