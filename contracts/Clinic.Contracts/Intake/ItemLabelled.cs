namespace Clinic.Contracts.Intake;

/// <summary>A screen or a diagnosis got sensitivity labels; releases use the latest.</summary>
/// <param name="ClientId">Whose.</param>
/// <param name="ItemId">Id of the screen or diagnosis.</param>
/// <param name="Labels">Empty: which labels is not said on the bus, where every system of the clinic hears it.</param>
/// <param name="LabelledBy">Who decided it.</param>
[Contract("intake.item-labelled.v1")]
public sealed record ItemLabelled(string ClientId, string ItemId, string[] Labels, string LabelledBy);
