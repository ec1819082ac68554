using Clinic.Consent.Domain;
using Clinic.EventLog;

namespace Clinic.Consent.Service;

using Clinic.Consent.Service.Timing;

/// <summary>A directive that has run out says so (T31). That it no longer held was true before.</summary>
internal static class Expiring
{
    private const string Kind = "expire", Replaced = "expire-replaced";

    public static string Name(string directiveId) => $"{Kind}/{directiveId}";

    /// <summary>The end that a later text has brought; beside the directive's own, whichever comes first.</summary>
    public static string ReplacedName(string directiveId) => $"{Replaced}/{directiveId}";

    public static IEnumerable<DeadlineHandler> Handlers(IServiceProvider services) => new[] { Kind, Replaced }.Select(kind => new DeadlineHandler(kind,
        (due, ct) => Handling.ExpireConsent(Timed.Once(services, due), new ExpireConsent(due.Stream["consents-".Length..], due.Subject), ct)));
}

/// <summary>P12: an authority ends at its midnight or date; what it had agreed to waits for the client, and not for ever.</summary>
internal static class ProxyLapsing
{
    private const string Kind = "proxy-ends", Reaffirm = "reaffirm";

    public static string Name(string authorityId) => $"{Kind}/{authorityId}";

    public static string ReaffirmName(string authorityId) => $"{Reaffirm}/{authorityId}";

    public static IEnumerable<DeadlineHandler> Handlers(IServiceProvider services) =>
    [
        new DeadlineHandler(Kind, (due, ct) =>
            Handling.LapseProxyAuthority(Timed.Once(services, due), new LapseProxyAuthority(due.Stream["consents-".Length..], due.Subject), ct)),
        new DeadlineHandler(Reaffirm, (due, ct) =>
            Handling.EndUnaffirmed(Timed.Once(services, due), new EndUnaffirmed(due.Stream["consents-".Length..], due.Subject), ct))
    ];
}

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
