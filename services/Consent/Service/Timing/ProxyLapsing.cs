using Clinic.Consent.Domain;
using Clinic.EventLog;

namespace Clinic.Consent.Service.Timing;

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
