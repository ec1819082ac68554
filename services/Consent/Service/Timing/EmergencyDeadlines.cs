using Clinic.Consent.Domain;
using Clinic.EventLog;

namespace Clinic.Consent.Service.Timing;

/// <summary>P5: an access closes by itself; a review nobody has done is escalated once (T35).</summary>
internal static class EmergencyDeadlines
{
    public const string Close = "close-emergency", Review = "review-emergency";

    public static IEnumerable<DeadlineHandler> Handlers(IServiceProvider services) =>
    [
        new DeadlineHandler(Close, (due, ct) =>
            Handling.CloseEmergencyAccess(Timed.Once(services, due), new Contracts.Consent.CloseEmergencyAccess(due.Stream["emergency-".Length..]), ct)),
        new DeadlineHandler(Review, (due, ct) => Handling.EscalateReview(Timed.Once(services, due), new EscalateReview(due.Stream["emergency-".Length..]), ct))
    ];
}
