using Clinic.Consent.Domain;
using Clinic.Consent.Service.Views;
using Clinic.EventLog;

namespace Clinic.Consent.Service;

using Clinic.Consent.Service.Timing;

/// <summary>A withdrawal or correction that reaches back flags what left in between, and keeps it.</summary>
internal static class Flagging
{
    private const string Kind = "flag";

    public static string Name(string directiveId) => $"{Kind}/{directiveId}";

    public static DeadlineHandler Handler(IServiceProvider services) => new(Kind, async (due, ct) =>
    {
        var clientId = due.Stream["consents-".Length..];
        var consents = (await services.GetRequiredService<IEventStore>().Load<ClientConsents>(due.Tenant, due.Stream, default, ct)).State;
        if (consents?.Find(due.Subject) is not { } directive) return;
        var (reason, since) = directive.Status == DirectiveStatus.EnteredInError
            ? (Contracts.Consent.DisclosureFlagged.EnteredInError, directive.ValidFrom ?? DateTimeOffset.UnixEpoch)
            : (Contracts.Consent.DisclosureFlagged.WithdrawnBefore, directive.WithdrawnFrom ?? due.DueAt);
        var made = await services.GetRequiredService<Database>().Read(due.Tenant,
            "select disclosure_id from views.accounting where tenant_id = $1 and client_id = $2 and directive_id = $3 and made_at >= $4",
            row => row.GetString(0), ct, clientId, directive.Id, since.UtcDateTime);
        foreach (var disclosureId in made)
            await Handling.FlagDisclosure(Timed.Each(services, due), new FlagDisclosure(disclosureId, directive.Id, reason, since), ct);
    });
}

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
        foreach (var (clientId, directiveId) in await DirectiveIndex.EarlierThan(services.GetRequiredService<Database>(), due.Tenant, text, ct))
            await Handling.RequireReconsent(Timed.Each(services, due), new RequireReconsent(clientId, directiveId, text, until), ct);
    });
}
