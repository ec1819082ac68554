using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Clinic.Consent.Domain;
using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.Hosting;

namespace Clinic.Consent.Service.Disclosing;

/// <summary>
/// P4, second half: evaluate again, pull the content, say that it leaves, and only then let it leave. Each package leaves once;
/// a recipient whose connection broke reports that and asks anew, so that every copy that left is in the ledger.
/// </summary>
internal sealed class Releasing(IEventStore store, ContentOwners owners, TimeProvider time)
{
    /// <summary>The package for the recipient.</summary>
    /// <exception cref="RuleViolation">It may not leave (any more).</exception>
    public async Task<(byte[] Package, string ContentHash)?> Release(CommandScope scope, string disclosureId, CancellationToken ct)
    {
        var actor = scope.Actor;
        var disclosure = (await store.Load<Disclosure>(actor.Tenant, Disclosure.StreamId(disclosureId), new LoadOptions(Verified: true), ct)).State;
        // somebody else's disclosure looks like none
        if (disclosure is null || disclosure.Request.RequestedBy != actor.Id) return null;
        if (disclosure.Status is DisclosureStatus.Released or DisclosureStatus.Delivered or DisclosureStatus.DeliveryFailed)
            throw new RuleViolation("disclosure_already_released", "This package has left; ask again for another one.", "disclosureId");

        var request = disclosure.Request;
        var consents = (await store.Load<ClientConsents>(actor.Tenant, ClientConsents.StreamId(request.ClientId), new LoadOptions(Verified: true), ct)).State;
        var decision = DisclosureDecision.Evaluate(consents, request, time.GetUtcNow());
        var labels = decision.LabelsFor(request);
        // nothing is pulled, not even inside the installation, for what may not leave
        var (package, removed) = disclosure.Status == DisclosureStatus.Permitted && decision.IsPermitted
            ? await Assemble(request, labels, actor.Tenant, ct)
            : ([], []);
        var contentHash = Convert.ToHexStringLower(SHA256.HashData(package));

        var description = $"{string.Join(", ", request.Categories)} from {request.PeriodFrom:O} to {request.PeriodTo:O}";
        await Handling.ReleaseDisclosure(scope, new ReleaseDisclosure(disclosureId), contentHash, description, labels, removed, ct);
        var after = (await store.Load<Disclosure>(actor.Tenant, Disclosure.StreamId(disclosureId), default, ct)).State!;
        return after.Status switch
        {
            DisclosureStatus.Released when after.ContentHash == contentHash => (package, contentHash),
            DisclosureStatus.Cancelled => throw new RuleViolation("disclosure_cancelled", "Consent no longer covers this; nothing was released.", "disclosureId"),
            _ => throw new RuleViolation("disclosure_already_released", "This package has left; ask again for another one.", "disclosureId")
        };
    }

    private async Task<(byte[] Package, string[] Removed)> Assemble(DisclosureRequested request, string[] labels, string tenant, CancellationToken ct)
    {
        var (content, removed) = (new JsonObject(), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var category in request.Categories)
        {
            var pulled = await owners.Pull(new SignedRelease(request.DisclosureId, tenant, request.ClientId, request.RecipientId, request.Purpose,
                category, request.PeriodFrom, request.PeriodTo, string.Join(' ', labels)), ct);
            // what was left out is not told: that there is something about addiction is about addiction
            content[category] = JsonSerializer.SerializeToNode(pulled.Items, ContractJson.Options);
            removed.UnionWith(pulled.Removed);
        }
        // the hash is public and content can be guessed: random bytes inside make the hash say nothing to who lacks the package
        return (JsonSerializer.SerializeToUtf8Bytes(new
        {
            request.DisclosureId,
            request.ClientId,
            request.RecipientId,
            request.Purpose,
            request.PurposeStatement,
            salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)),
            content
        }, ContractJson.Options), [.. removed]);
    }
}
