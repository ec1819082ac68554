namespace Clinic.Contracts.Intake;

/// <summary>
/// A client whom nobody can contact gave an answer that worries: crisis information for their region is shown to them at once.
/// </summary>
/// <param name="ClientId">To whom.</param>
/// <param name="ScreenId">The screen that gave the reason.</param>
/// <param name="Region">The region the information is for.</param>
/// <param name="ContactPossible">False: the information is all that can be done.</param>
[Contract("intake.crisis-information-given.v1")]
public sealed record CrisisInformationGiven(string ClientId, string ScreenId, string Region, bool ContactPossible);
