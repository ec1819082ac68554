using Clinic.Contracts.Consent;

namespace Clinic.Tests.Domain.Consent;

// Inside the namespace, here and in every specification: a stored event wins over the public event of the same name.
using Clinic.Consent.Domain;

/// <summary>Plain, valid examples. A specification changes only what it is about.</summary>
internal static class Some
{
    public const string Client = "client-1";
    public const string Directive = "dir-1";
    public const string Hash = "00000000000000000000000000000000000000000000000000000000000000aa";
    public const string OtherHash = "00000000000000000000000000000000000000000000000000000000000000bb";

    public static readonly DateTimeOffset Now = Spec.Now;
    public static readonly DocumentReference Document = new("doc-1", 2, "en-GB", Hash);
    /// <summary>The same document as published: a text that says everything any type demands.</summary>
    public static readonly ConsentDocument Texts = ConsentDocument.Create(new DocumentPublished(
        "doc-1", 2, "en-GB", DocumentTypes.OnlineTherapy, "Everything.", Hash,
        [.. DocumentElements.All.Select(e => new ElementPassage(e, "Everything."))], ReconsentPolicies.None));

    public static readonly ConsentScope Treatment = new(ScopeKinds.Treatment);
    public static readonly ConsentScope Video = new(ScopeKinds.Modality, "video");
    public static readonly Grantor Self = new(Client, Grantor.Self);
    public static readonly Signature Signature = new("typed-name", Now.AddMinutes(-5), Hash);

    public static readonly DisclosureScope ToHarbour = new("harbour", "TREAT", ["summaries", "measures"], ["MH"]);
    public static readonly ConsentScope Sharing = new(ScopeKinds.Disclosure, Disclosure: ToHarbour);

    /// <summary>Forbids Harbour everything, or what is said.</summary>
    public static ConsentScope Deny(string recipient = "harbour", string purpose = "any", string? categories = null, string? sensitivity = null) =>
        new(ScopeKinds.Disclosure, Disclosure: new DisclosureScope(
            recipient, purpose, categories is null ? [] : [categories], sensitivity is null ? [] : [sensitivity], Effect: DisclosureScope.Deny));

    public static ConsentProposed Proposed(string directive = Directive, params ConsentScope[] scopes) =>
        new(Client, directive, 1, Document, scopes.Length == 0 ? [Treatment, Video] : scopes, DocumentTypes.OnlineTherapy);

    public static ConsentGranted Granted(
        string directive = Directive, ConsentScope[]? scopes = null, DateTimeOffset? validFrom = null,
        DateTimeOffset? expiresAt = null) =>
        new(Client, directive, 2, Document, scopes ?? [Treatment, Video], Self, Signature, validFrom ?? Now, expiresAt);

    public static ConsentRefused Refused(string directive = Directive) => new(Client, directive, 2, [Treatment, Video]);

    public static ConsentWithdrawn Withdrawn(
        string directive = Directive, int version = 3, DateTimeOffset? effectiveAt = null,
        ConsentScope[]? scopes = null) =>
        new(Client, directive, version, scopes ?? [Treatment, Video], effectiveAt ?? Now, "sub-1", "app");

    public static readonly RecipientRegistered HarbourRegistered =
        new("harbour", "Harbour Clinic", "1 Quay Street", "north.harbour");

    public static readonly Recipient Harbour =
        Recipient.Create(HarbourRegistered with { PublicKey = """{"kty":"EC"}""" });

    public static readonly RequestDisclosure Request = new(
        "disc-1", Client, "harbour", "TREAT", "Taking over care", ["summaries"], new(2026, 1, 1), new(2026, 2, 28),
        RequestDisclosure.Consent);

    public static readonly DisclosureRequested Requested = new(
        "disc-1", Client, "harbour", "TREAT", "Taking over care", ["summaries"], new(2026, 1, 1), new(2026, 2, 28),
        RequestDisclosure.Consent, "north.harbour");

    public static readonly DisclosurePermitted Permitted =
        new("disc-1", Client, "harbour", Directive, 2, DisclosureDecision.PolicyVersion);

    public static readonly DisclosureMade Made = new(
        "disc-1", Client, "harbour", "Harbour Clinic", "1 Quay Street", "Two session summaries", "Taking over care",
        "TREAT", RequestDisclosure.Consent, Directive, 2, "doc-1", 2, DisclosureDecision.PolicyVersion, Hash,
        "consent", Now, Sealed: true);

    /// <summary>A client who lets Harbour have summaries and measures for treatment.</summary>
    public static ClientConsents Sharer(DateTimeOffset? validFrom = null, DateTimeOffset? expiresAt = null) =>
        Spec.Fold<ClientConsents>(
            Proposed(Directive, Sharing), Granted(Directive, [Sharing], validFrom, expiresAt))!;
}
