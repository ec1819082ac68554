namespace Clinic.Intake.Domain;

/// <summary>What the clocks of others say is kept beside the recorded instant, which alone governs (T62).</summary>
internal static class Clocks
{
    /// <summary>True for an instant that has not come yet here; null otherwise, so that it is left out of the event.</summary>
    internal static bool? Ahead(DateTimeOffset? occurredAt, DateTimeOffset now) => occurredAt > now ? true : null;
}
