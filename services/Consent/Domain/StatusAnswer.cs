namespace Clinic.Consent.Domain;

/// <param name="Status">As <c>status</c> of the public event says it.</param>
public sealed record ConsentStatusTold(
    string AskId, string ClientId, string DirectiveId, int DirectiveVersion, string Status, bool Holds, DateTimeOffset At);

public sealed record DisclosureStatusTold(string AskId, string DisclosureId, string ClientId, string RecipientId, string Status);

/// <summary>What a clinic's system asked and was told; in a stream of its own, so that asking moves nothing that decides.</summary>
/// <param name="About">The directive or the disclosure.</param>
public sealed record StatusAnswer(string Id, string About)
{
    public long Version { get; init; }

    public static string StreamId(string askId) => $"status-{askId}";

    public static StatusAnswer Create(ConsentStatusTold e) => new(StreamId(e.AskId), $"{e.ClientId}/{e.DirectiveId}");

    public static StatusAnswer Create(DisclosureStatusTold e) => new(StreamId(e.AskId), e.DisclosureId);
}
