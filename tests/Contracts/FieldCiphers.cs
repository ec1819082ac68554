using System.Text;
using System.Text.Json.Nodes;
using Clinic.EventLog;
using Clinic.EventLog.Keys;

namespace Clinic.Tests.Contracts;

/// <summary>The form of an encrypted member, pinned: what was stored in it must be opened in twenty years, and by others.</summary>
public sealed class FieldCiphers
{
    private static readonly JsonObject Golden = JsonNode.Parse(File.ReadAllText(Repository.Golden("field-cipher.v1.json")))!.AsObject();
    private static readonly FieldPlace Place = new((string)Golden["tenant"]!, (string)Golden["stream"]!, Guid.Parse((string)Golden["eventId"]!), (string)Golden["member"]!);
    private static readonly byte[] DataKey = Convert.FromHexString((string)Golden["dataKey"]!);
    private static readonly Guid KeyId = Guid.Parse((string)Golden["dataKeyId"]!);

    [Fact]
    public void the_same_key_place_and_nonce_give_the_published_text()
    {
        FieldCipher.Seal(Encoding.UTF8.GetBytes((string)Golden["json"]!), KeyId, DataKey, Place, Convert.FromHexString((string)Golden["nonce"]!))
            .ShouldBe((string)Golden["text"]!);
        Convert.ToHexStringLower(FieldCipher.FieldKey(DataKey, Place, KeyId)).ShouldBe((string)Golden["fieldKey"]!);
    }

    [Fact]
    public void the_published_text_opens_at_its_place_only()
    {
        var text = (string)Golden["text"]!;
        FieldCipher.KeyOf(text).ShouldBe(KeyId);
        Encoding.UTF8.GetString(FieldCipher.Open(text, DataKey, Place)).TrimEnd().ShouldBe((string)Golden["json"]!);
        foreach (var other in new[]
                 {
                     Place with { Tenant = "south" }, Place with { Stream = Place.Stream + "x" }, Place with { EventId = Guid.Empty }, Place with { Member = "other" },
                     // the same letters, cut elsewhere
                     Place with { Tenant = Place.Tenant + Place.Stream[..1], Stream = Place.Stream[1..] }
                 })
            Should.Throw<IntegrityException>(() => FieldCipher.Open(text, DataKey, other));
        for (var at = 0; at < text.Length; at += 7)
            Should.Throw<IntegrityException>(() => FieldCipher.Open(text[..at] + (text[at] == 'A' ? 'B' : 'A') + text[(at + 1)..], DataKey, Place));
    }
}
