namespace Clinic.Contracts.Intake;

/// <summary>A client for whom technology is a hindrance was offered another way (S33, S34, S43).</summary>
/// <param name="ClientId">To whom.</param>
/// <param name="OfferId">The offer: id of the assessment or test that led to it.</param>
/// <param name="Options">Of <see cref="Alternatives"/>.</param>
[Contract("intake.alternative-offered.v1")]
public sealed record AlternativeOffered(string ClientId, string OfferId, string[] Options);

/// <summary>What is offered beside the screen.</summary>
public static class Alternatives
{
    public const string Phone = "phone";
    public const string InPerson = "in-person";

    /// <summary>Somebody who helps with the technology.</summary>
    public const string Supporter = "supporter";

    /// <summary>An answer, not an offer: the client wants none of them.</summary>
    public const string Declined = "declined";
    public static IReadOnlyList<string> All { get; } = [Phone, InPerson, Supporter];
}
