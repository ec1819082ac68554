namespace Clinic.Contracts.Intake;

/// <summary>
/// The personal data of a client is to be made unreadable for ever, in every service. Irreversible; over HTTP only. Refused, and
/// the refusal recorded, while a legal hold stands or the retention period runs (GDPR 17(3)).
/// </summary>
/// <param name="ErasureId">Chosen by the sender.</param>
/// <param name="ClientId">Whose data.</param>
/// <param name="Ground">One of <see cref="ErasureGrounds"/>.</param>
/// <param name="DataClasses">Which classes of data, for example <c>contact</c>; left out: all, those of the future included.</param>
[Contract("intake.request-erasure.v1")]
public sealed record RequestErasure(string ErasureId, string ClientId, string Ground, string[]? DataClasses = null);

/// <summary>Why data is erased.</summary>
public static class ErasureGrounds
{
    public const string ClientRequest = "client-request";

    /// <summary>Its time is over.</summary>
    public const string RetentionEnded = "retention-ended";

    /// <summary>It should never have been here: no retention period keeps it, a legal hold still does.</summary>
    public const string EnteredInError = "entered-in-error";
    public static IReadOnlyList<string> All { get; } = [ClientRequest, RetentionEnded, EnteredInError];
}
