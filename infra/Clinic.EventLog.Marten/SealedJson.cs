using System.Text.Json;
using Clinic.Contracts;
using Marten;
using Marten.Services;
using Weasel.Storage;

namespace Clinic.EventLog.Marten;

/// <summary>
/// JSON as our contracts spell it. An event that is being appended is written as the very text that was sealed: its personal members
/// are encrypted with random nonces, so it cannot be spelled a second time.
/// </summary>
internal sealed class SealedJson() : SystemTextJsonSerializer(new JsonSerializerOptions(ContractJson.Options)), ISerializer
{
    private static readonly AsyncLocal<IReadOnlyDictionary<object, string>?> Sealed = new();

    /// <summary>For what follows in this flow of control: the texts of these very objects.</summary>
    public static void Use(IReadOnlyDictionary<object, string> texts) => Sealed.Value = texts;

    string IStorageSerializer.ToJson(object? document) =>
        document is not null && Sealed.Value is { } texts && texts.TryGetValue(document, out var text) ? text : ToJson(document);
}
