namespace Clinic.Contracts.Intake;

/// <summary>How long a clinic keeps a class of data. Its counsel decides; until it has, nothing is kept back and nothing goes by itself.</summary>
/// <param name="DataClass">One of <see cref="Clinic.Contracts.DataClasses"/>.</param>
/// <param name="KeepDays">Days after intake last recorded something about the client, 1 to 36,500.</param>
[Contract("intake.set-retention.v1")]
public sealed record SetRetention(string DataClass, int KeepDays);
