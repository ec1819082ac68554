using Clinic.EventLog;

namespace Clinic.Messaging;

/// <summary>
/// A service's public face: the contract a stored event becomes, or null when it stays inside. Pure, so that publishing again
/// says the same.
/// </summary>
public delegate object? Publication(StoredEvent stored);
