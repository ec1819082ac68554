using Clinic.Consent.Domain;
using Clinic.EventLog;

namespace Clinic.Consent.Service.Timing;

/// <summary>A copy of the record that nobody has given in time is said to be late.</summary>
internal static class AccessDeadlines
{
    public const string Due = "access-due";

    public static DeadlineHandler Handler(IServiceProvider services) => new(Due, (due, ct) =>
        Handling.NoteAccessOverdue(Timed.Once(services, due), new NoteAccessOverdue(due.Stream["access-request-".Length..]), ct));
}
