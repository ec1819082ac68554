namespace Clinic.Contracts.Messaging;

/// <summary>A command was accepted and its events are committed.</summary>
/// <param name="Id">Message id of the command.</param>
/// <param name="Stream">Stream the command decided on.</param>
/// <param name="Version">That stream's version afterwards.</param>
/// <param name="Receipt">
/// Id of the last event appended; a query that carries it waits until its view has seen it. Null when nothing had to change.
/// </param>
[Contract("command.accepted.v1")]
public sealed record CommandAccepted(string Id, string Stream, long Version, Guid? Receipt = null);

/// <summary>A command was refused; nothing was changed.</summary>
/// <param name="Code">Stable code: <c>invalid</c>, <c>malformed</c>, <c>conflict</c>, or the code of a broken rule.</param>
/// <param name="Reason">For a person.</param>
/// <param name="Id">Message id of the command, when it had one.</param>
/// <param name="Field">The member that was wrong, where one was.</param>
[Contract("command.rejected.v1")]
public sealed record CommandRejected(string Code, string Reason, string? Id = null, string? Field = null);
