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
internal sealed class Releasing(IEventStore store, ContentOwners owners, ConsentCopy copies, TimeProvider time)
{
    /// <summary>The package for the recipient.</summary>
    /// <exception cref="RuleViolation">It may not leave (any more).</exception>
    public async Task<Package?> Release(CommandScope scope, string disclosureId, CancellationToken ct)
    {
        var actor = scope.Actor;
        var disclosure = (await store.Load<Disclosure>(actor.Tenant, Disclosure.StreamId(disclosureId), new LoadOptions(Verified: true), ct)).State;
        // somebody else's disclosure looks like none
        if (disclosure is null || disclosure.Request.RequestedBy != actor.Id) return null;
        if (disclosure.Status is DisclosureStatus.Released or DisclosureStatus.Delivered or DisclosureStatus.DeliveryFailed)
            throw new RuleViolation("disclosure_already_released", "This package has left; ask again for another one.", "disclosureId");

        var request = disclosure.Request;
        var description = $"{string.Join(", ", request.Categories)} from {request.PeriodFrom:O} to {request.PeriodTo:O}";
        var consents = await Consents(actor.Tenant, ClientConsents.StreamId(request.ClientId), ct);
        var linked = await LinkedConsents.Of(consents, stream => Consents(actor.Tenant, stream, ct));
        var decision = DisclosureDecision.Evaluate(consents, request, time.GetUtcNow(), linked);
        // nothing is pulled, not even inside the installation, for what may not leave
        var package = disclosure.Status == DisclosureStatus.Permitted && decision.IsPermitted
            ? await Assemble(request, decision, description, actor.Tenant, ct)
            : Package.Empty(description);

        await Handling.ReleaseDisclosure(scope, new ReleaseDisclosure(disclosureId), package, ct);
        var after = (await store.Load<Disclosure>(actor.Tenant, Disclosure.StreamId(disclosureId), default, ct)).State!;
        return after.Status switch
        {
            DisclosureStatus.Released when after.ContentHash == package.ContentHash => package,
            DisclosureStatus.Cancelled => throw new RuleViolation("disclosure_cancelled", "Consent no longer covers this; nothing was released.", "disclosureId"),
            _ => throw new RuleViolation("disclosure_already_released", "This package has left; ask again for another one.", "disclosureId")
        };
    }

    private async Task<ClientConsents?> Consents(string tenant, string stream, CancellationToken ct) =>
        (await store.Load<ClientConsents>(tenant, stream, new LoadOptions(Verified: true), ct)).State;

    private async Task<Package> Assemble(DisclosureRequested request, DisclosureDecision decision, string description, string tenant, CancellationToken ct)
    {
        var recipient = (await store.Load<Recipient>(tenant, Recipient.StreamId(request.RecipientId), new LoadOptions(Verified: true), ct)).State;
        if (recipient?.PublicKey is not { } key)
            throw new RuleViolation("recipient_key_missing", "Packages are encrypted; the recipient has no key to encrypt to.");
        // registered before keys were tried
        if (!SealedPackage.Takes(key))
            throw new RuleViolation("public_key_unusable", "Nothing can be encrypted to the recipient's key; nothing was released.");
        var needsNotice = ReleaseDisclosureAggregateHandler.NeedsNotice(request, decision);
        var copy = needsNotice && decision.Directive is { } directive ? await copies.Of(tenant, directive, ct) : null;

        var (content, removed) = (new JsonObject(), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var category in request.Categories)
        {
            var pulled = await owners.Pull(new SignedRelease(request.DisclosureId, tenant, request.ClientId, request.RecipientId, request.Purpose,
                category, request.PeriodFrom, request.PeriodTo, string.Join(' ', decision.Labels)), ct);
            // what was left out is not told: that there is something about addiction is about addiction
            content[category] = JsonSerializer.SerializeToNode(pulled.Items, ContractJson.Options);
            removed.UnionWith(pulled.Removed);
        }
        // the hash is public and content can be guessed: random bytes inside make the hash say nothing to who lacks the package
        var plain = JsonSerializer.SerializeToUtf8Bytes(new
        {
            request.DisclosureId,
            request.ClientId,
            request.RecipientId,
            request.Purpose,
            request.PurposeStatement,
            salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)),
            notice = needsNotice ? new { id = Part2Notice.Id, text = Part2Notice.Text } : null,
            consent = copy?.Copy,
            content
        }, ContractJson.Options);
        return new Package(SealedPackage.Seal(key, plain, Handling.Service, request.RecipientId, "application/json"),
            Convert.ToHexStringLower(SHA256.HashData(plain)), description, decision.Labels, [.. removed],
            needsNotice ? Part2Notice.Id : null, copy?.Hash, AssembledUnder.Of(decision, key));
    }
}
