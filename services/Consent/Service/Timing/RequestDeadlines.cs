using Clinic.Consent.Domain;
using Clinic.EventLog;

namespace Clinic.Consent.Service.Timing;

/// <summary>An accounting that nobody has issued in time, or an amendment nobody has answered, is said to be late.</summary>
internal static class RequestDeadlines
{
    private const string Accounting = "accounting-due";

    public const string Amendment = "amendment-due";

    public static string AccountingName(string requestId) => $"{Accounting}/{requestId}";

    public static IEnumerable<DeadlineHandler> Handlers(IServiceProvider services) =>
    [
        new DeadlineHandler(Accounting, (due, ct) => Handling.NoteAccountingOverdue(
            Timed.Once(services, due), new NoteAccountingOverdue(due.Stream["accountings-".Length..], due.Subject), ct)),
        new DeadlineHandler(Amendment, (due, ct) => Handling.NoteAmendmentOverdue(
            Timed.Once(services, due), new NoteAmendmentOverdue(due.Stream["amendment-".Length..]), ct))
    ];
}
