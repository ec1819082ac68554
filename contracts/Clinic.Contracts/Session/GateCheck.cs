namespace Clinic.Contracts.Session;

/// <summary>One question of the start gate and what the answer rested on.</summary>
/// <param name="Name">Stable name, for example <c>consent-treatment</c>.</param>
/// <param name="Passed">Unknown or stale is false: the gate fails closed.</param>
/// <param name="SourceVersion">
/// Directive version, or the producer's sequence number, of the fact used; null if none holds.
/// </param>
/// <param name="AgeSeconds">How long ago its producer was last heard, in seconds, rounded up.</param>
public sealed record GateCheck(string Name, bool Passed, long? SourceVersion = null, int? AgeSeconds = null);
