using Clinic.Consent.Domain;

namespace Clinic.Consent.Service.Disclosing;

/// <summary>Consents of the other client ids of the same person (ADR 26); what a decision reads beside the client's own.</summary>
internal static class LinkedConsents
{
    /// <param name="load">By stream: guarded, verified or as of an instant, as the caller needs it.</param>
    public static async Task<List<ClientConsents>> Of(ClientConsents? consents, Func<string, Task<ClientConsents?>> load)
    {
        var linked = new List<ClientConsents>();
        foreach (var other in consents?.LinkedClients ?? [])
            if (await load(ClientConsents.StreamId(other)) is { } theirs) linked.Add(theirs);
        return linked;
    }
}
