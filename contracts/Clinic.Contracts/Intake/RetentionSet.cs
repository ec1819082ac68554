namespace Clinic.Contracts.Intake;

/// <summary>A clinic has decided how long it keeps a class of data.</summary>
/// <param name="DataClass">One of <see cref="Clinic.Contracts.DataClasses"/>.</param>
/// <param name="KeepDays">Days after intake last recorded something about the client.</param>
[Contract("intake.retention-set.v1")]
public sealed record RetentionSet(string DataClass, int KeepDays);
