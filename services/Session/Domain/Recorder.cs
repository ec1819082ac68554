using Clinic.Contracts;

namespace Clinic.Session.Domain;

/// <summary>One recorder runs for everybody who is in the room together, so it goes off for all of them.</summary>
internal static class Recorder
{
    /// <param name="together">Everybody who is recorded.</param>
    /// <param name="deciding">The stream the decision is about: its events are its own.</param>
    public static object[] Off(RecordedSession[] together, string reasonCode, string deciding) =>
    [
        .. together.Select(one => Session(one.SessionId, new RecordingStopped(one.SessionId, one.ClientId, reasonCode), deciding)),
        .. together.Select(one => Care(one.ClientId, new RecordingListed(one.ClientId, one.SessionId, On: false, []), deciding))
    ];

    /// <summary>Somebody comes into a room in which a recorder runs, and has agreed to it.</summary>
    /// <param name="running">Everybody who is recorded already.</param>
    public static object[] Join(RecordedSession joining, ConsentNoted consent, RecordedSession[] running, string deciding)
    {
        RecordedSession[] together = [.. running, joining];
        return
        [
            Session(joining.SessionId, new RecordingStarted(joining.SessionId, joining.ClientId, [consent.DirectiveId]), deciding),
            .. together.Select(one => Care(one.ClientId, new RecordingListed(one.ClientId, one.SessionId, On: true, together), deciding))
        ];
    }

    private static object Session(string sessionId, object happened, string deciding) =>
        To(TherapySession.StreamId(sessionId), typeof(TherapySession), happened, deciding);

    private static object Care(string clientId, object happened, string deciding) =>
        To(ClientCare.StreamId(clientId), typeof(ClientCare), happened, deciding);

    private static object To(string stream, Type state, object happened, string deciding) =>
        stream == deciding ? happened : new ForStream(stream, state, happened);
}
