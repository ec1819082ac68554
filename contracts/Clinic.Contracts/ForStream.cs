namespace Clinic.Contracts;

/// <summary>
/// An event a handler returns for another stream than its own; both are appended in one transaction or not at all.
/// </summary>
/// <param name="StreamId">The other stream, in the same tenant.</param>
/// <param name="State">The state type that folds the other stream; its snake_case name becomes the stream's type.</param>
/// <param name="Event">What happened.</param>
public sealed record ForStream(string StreamId, Type State, object Event);
