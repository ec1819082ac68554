using Clinic.Consent.Domain;
using Clinic.EventLog;

namespace Clinic.Consent.Service.Timing;

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
