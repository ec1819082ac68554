using System.Security.Cryptography;
using Clinic.Contracts.Consent;

namespace Clinic.Consent.Service.Reactions;

/// <summary>
/// What a client is asked to agree to before therapist-supported online care: treatment and each modality found suitable, under
/// the online-therapy document that ships with this service. Its hash goes into every proposal, so what was shown is provable.
/// </summary>
internal static class CarePack
{
    private const string DocumentId = "online-therapy";
    private const int DocumentVersion = 1;
    private const string Language = "en";

    private static readonly string Hash = HashOf($"{DocumentId}.v{DocumentVersion}.{Language}.md");

    public static DocumentReference Document => new(DocumentId, DocumentVersion, Language, Hash);

    public static ConsentScope[] Scopes(IEnumerable<string> modalities) =>
        [new ConsentScope(ScopeKinds.Treatment), .. modalities.Distinct().Select(modality => new ConsentScope(ScopeKinds.Modality, modality))];

    private static string HashOf(string file)
    {
        using var stream = typeof(CarePack).Assembly.GetManifestResourceStream(file) ?? throw new InvalidOperationException($"{file} is not embedded");
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
