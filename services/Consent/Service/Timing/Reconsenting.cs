using Clinic.Consent.Domain;
using Clinic.Consent.Service.Views;
using Clinic.EventLog;

namespace Clinic.Consent.Service.Timing;

/// <summary>T5, T6: a text that asks for consent anew is proposed to everybody who agreed to an earlier one in the same language.</summary>
internal static class Reconsenting
{
    private const string Kind = "reconsent";

    public static string Name(int version, string language) => $"{Kind}/{version}.{language}";

    public static DeadlineHandler Handler(IServiceProvider services) => new(Kind, async (due, ct) =>
    {
        var document = (await services.GetRequiredService<IEventStore>().Load<ConsentDocument>(due.Tenant, due.Stream, default, ct)).State;
        if (due.Subject.Split('.') is not [var version, var language] || document?.Find(int.Parse(version), language) is not { } text) return;
        var until = text.Reconsent == Contracts.Consent.ReconsentPolicies.ByDate ? text.ReconsentBy!.Value : due.DueAt;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        // who was asked is not among them: each firing goes on where the last one ended
        var earlier = await DirectiveIndex.EarlierThan(services.GetRequiredService<Database>(), due.Tenant, text, now, ct);
        await Timed.ForEach(earlier, one => Handling.RequireReconsent(Timed.Each(services, due), new RequireReconsent(one.ClientId, one.DirectiveId, text, until), ct), ct);
    });
}
