using Clinic.EventLog;

namespace Clinic.Feedback.Service.Views;

/// <summary>
/// Several tables that one follower of the log keeps: each follower costs every instance a connection to the database. What has to
/// happen in time follows by itself, so that it waits for no table.
/// </summary>
internal static class Joined
{
    public static Projection[] Views { get; } =
    [
        Join(Scores.View, MeasureRequests.View, RecoveryReport.View),
        Join(AlertBoard.View, AnswersDue.View, Supervision.View, OnCall.View),
        Join(FeedbackItems.View, Concerns.View),
        Clocks.View
    ];

    /// <exception cref="ArgumentException">The parts do not carry one name, which is the name of their checkpoint.</exception>
    private static Projection Join(params Projection[] parts) => parts.Select(part => part.Name).Distinct().Count() == 1
        ? new Projection(parts[0].Name, logged => parts.SelectMany(part => part.Apply(logged))) { Tables = [.. parts.SelectMany(part => part.Tables)] }
        : throw new ArgumentException($"views of one follower have one name: {string.Join(", ", parts.Select(part => part.Name))}");
}
