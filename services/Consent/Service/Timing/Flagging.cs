using Clinic.Consent.Domain;
using Clinic.Consent.Service.Views;
using Clinic.EventLog;

namespace Clinic.Consent.Service.Timing;

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
            "select disclosure_id from views.accounting where tenant_id = $1 and client_id = $2 and directive_id = $3 and kind = 'made' and made_at >= $4 and not $5 = any(flags)",
            row => row.GetString(0), ct, clientId, directive.Id, since.UtcDateTime, reason);
        await Timed.ForEach(made, id => Handling.FlagDisclosure(Timed.Each(services, due), new FlagDisclosure(id, directive.Id, reason, since), ct), ct);
    });
}
