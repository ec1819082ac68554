namespace Clinic.Contracts.Intake;

/// <summary>What a test of the client's connection measured (S34).</summary>
/// <param name="ClientId">Whose.</param>
/// <param name="TestId">Chosen by the sender.</param>
/// <param name="DownKbps">Kilobits per second to the client.</param>
/// <param name="UpKbps">Kilobits per second from the client.</param>
/// <param name="LatencyMs">Round trip in milliseconds.</param>
/// <param name="LossPerMille">Packets lost of a thousand.</param>
[Contract("intake.test-connection.v1")]
public sealed record TestConnection(string ClientId, string TestId, int DownKbps, int UpKbps, int LatencyMs, int LossPerMille);
