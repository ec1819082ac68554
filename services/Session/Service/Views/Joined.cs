using Clinic.EventLog;

namespace Clinic.Session.Service.Views;

/// <summary>
/// Several tables that one follower of the log keeps: each view of its own would cost every instance a connection to the database,
/// and ten small ones would take more than they give.
/// </summary>
internal static class Joined
{
    public static Projection[] Views { get; } =
    [
        Join(Calendar.View, GateDashboard.View),
        Join(Timeline.View, ContactTimes.View),
        Threads.View,
        Join(Notes.View, UnsignedNotes.View),
        Courses.View,
        Join(Practice.View, Platforms.View, Licensed.View, Clocks.SessionClocks.View)
    ];

    /// <exception cref="ArgumentException">The parts do not carry one name, which is the name of their checkpoint.</exception>
    private static Projection Join(params Projection[] parts) => parts.Select(part => part.Name).Distinct().Count() == 1
        ? new Projection(parts[0].Name, logged => parts.SelectMany(part => part.Apply(logged))) { Tables = [.. parts.SelectMany(part => part.Tables)] }
        : throw new ArgumentException($"views of one follower have one name: {string.Join(", ", parts.Select(part => part.Name))}");
}
