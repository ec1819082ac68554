using System.Text.Json;
using Clinic.Audit.Incidents;
using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Hosting.Access;
using Clinic.Messaging;

namespace Clinic.Audit.Reactions;

/// <summary>Keeps every public event, of types known here or not.</summary>
internal static class WhenAnythingIsPublished
{
    public static async Task React(Reaction reaction, CancellationToken ct)
    {
        var message = reaction.Message;
        using var body = JsonDocument.Parse(message.Body);
        var recorded = new PublicEventRecorded(reaction.Producer, message.Sequence, message.TenantSequence, message.Id, message.Type, message.Subject,
            message.StreamVersion, message.Time, body.RootElement.Clone(), message.EventHash, message.Actor, message.ActorRole, message.OnBehalfOf,
            message.PurposeOfUse, message.CausationId);
        var result = await reaction.Store.Append(new AppendRequest(message.Tenant,
            new EventMetadata("audit", DateTimeOffset.UtcNow, message.CorrelationId, message.Id,
                new Dictionary<string, string> { [EventHeaders.Role] = Roles.Service }),
            [new StreamWrite(ProducerTrail.StreamId(reaction.Producer), EventTypes.NameOf(typeof(ProducerTrail)), message.TenantSequence - 1,
                [new NewEvent(Guid.CreateVersion7(), recorded)])], []), ct);
        if (result.Outcome != AppendOutcome.Committed)
            throw new InvalidOperationException($"{reaction.Producer}: tenant sequence {message.TenantSequence} does not follow what is recorded");
        await reaction.KeepAccess("audit", ct);
        if (message.Type == ContractTypes.NameOf(typeof(ViewDriftFound)))
        {
            // in this transaction, like the line in the trail
            var view = $"{reaction.Producer}-{message.Read<ViewDriftFound>().View}";
            await OpenIncidents.Raise(reaction.Store, message.Tenant, "drift-" + view, "high", message.Time, view, _ => reaction.Scope(Handling.Service, TimeProvider.System), ct);
        }
    }
}
