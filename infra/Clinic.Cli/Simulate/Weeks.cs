namespace Clinic.Cli.Simulate;

/// <summary>The weeks of one client, one after the other and without the time between them.</summary>
internal sealed class Weeks(Cast cast, Plan plan, int lane, Deeds deeds, BusDoor bus, Door http)
{
    private static readonly string[] Attendance = ["attendance"], MentalHealth = ["MH"];

    private readonly string clientId = cast.Client(plan.Client);
    private bool again;

    /// <summary>What each session must have become.</summary>
    public Dictionary<string, string> Sessions { get; } = [];

    public int Measures { get; private set; }

    public bool Shared { get; private set; }

    public bool Withdrew { get; private set; }

    /// <param name="care">The directive that treatment rests on.</param>
    public async Task Play(string care, CancellationToken ct)
    {
        for (var week = 0; week < plan.Weeks.Length; week++)
        {
            again = plan.Weeks[week].SentTwice;
            await Measure(week, ct);
            await Meet(week, ct);
            if (plan.Weeks[week].Writes) await Write(week, ct);
            if (plan.Shares == week) await Share(ct);
            if (plan.Withdraws != week) continue;
            await Withdraw(week, care, ct);
            return;
        }
    }

    private async Task Measure(int week, CancellationToken ct)
    {
        var responseId = $"{clientId}-m{week}";
        await Do("feedback.submit-measure.v1", new { responseId, clientId, instrument = "phq-9", version = "1", items = plan.Weeks[week].Answers, language = "en" },
            "client", "feedback.measure-scored.v1", "responseId", responseId, ct);
        Measures++;
        if (plan.Weeks[week].Answers[8] == 0) return;
        // a worrying answer is somebody's to look at, the same day
        var alertId = (await bus.Wait(clientId, "feedback.safety-alert-raised.v1", ct, e => e["responseId"] == responseId))["alertId"]!;
        await Do("feedback.acknowledge-alert.v1", new { alertId }, "therapist", "feedback.alert-acknowledged.v1", "alertId", alertId, ct);
        await Do("feedback.resolve-alert.v1", new { alertId, action = "Called the client." }, "therapist", "feedback.safety-alert-resolved.v1", "alertId", alertId, ct);
    }

    private async Task Meet(int week, CancellationToken ct)
    {
        var sessionId = $"{clientId}-s{week}";
        await Book(sessionId, 0, ct);
        var meeting = plan.Weeks[week].Meeting;
        if (meeting == Meeting.Missed)
        {
            // who keeps the usual grace of a quarter of an hour cannot see a no-show in compressed time: then it is cancelled late
            if (await deeds.Try("session.mark-no-show.v1", new { sessionId, party = "client" }, null, new Effect(clientId, "session.no-show-recorded.v1", "sessionId", sessionId), ct) is null)
                Sessions[sessionId] = "no-show";
            else meeting = Meeting.Cancelled;
        }
        if (meeting == Meeting.Cancelled)
        {
            await Do("session.cancel-session.v1", new { sessionId, by = "client" }, null, "session.cancelled.v1", "sessionId", sessionId, ct);
            Sessions[sessionId] = "cancelled";
        }
        if (meeting is Meeting.Missed or Meeting.Cancelled) return;
        await Do("session.check-in.v1", new
        {
            sessionId,
            jurisdiction = "GB",
            identityCheck = "login",
            privateSpace = true,
            secureNetwork = true,
            emergencyContactConfirmed = true,
            location = "1 Hill Street"
        }, "client", "session.checked-in.v1", "sessionId", sessionId, ct);
        await Do("session.start-session.v1", new { sessionId, locationConfirmed = true, emergencyContactConfirmed = true, jurisdiction = "GB" },
            "therapist", "session.started.v1", "sessionId", sessionId, ct);
        if (meeting == Meeting.Interrupted)
        {
            await Do("session.report-disruption.v1", new { sessionId, kind = "connection-lost", party = "client" }, "client", "session.disruption-recorded.v1", "sessionId", sessionId, ct);
            await Do("session.report-reconnection.v1", new { sessionId, party = "client" }, "client", "session.reconnected.v1", "sessionId", sessionId, ct);
        }
        await Do("session.end-session.v1", new { sessionId, actualMinutes = 50, attendance = "attended", endReason = "completed" }, null, "session.ended.v1", "sessionId", sessionId, ct);
        Sessions[sessionId] = "ended";
    }

    private async Task Book(string sessionId, int days, CancellationToken ct)
    {
        await Do("session.book-session.v1", new
        {
            sessionId,
            clientId,
            practitionerId = cast.Therapist(lane),
            modality = "video",
            startsAt = DateTimeOffset.UtcNow.AddDays(days),
            plannedMinutes = 50,
            timeZone = "Europe/London",
            platformId = Cast.Platform
        }, null, "session.scheduled.v1", "sessionId", sessionId, ct);
        Sessions[sessionId] = "scheduled";
    }

    private Task Write(int week, CancellationToken ct) => Do("session.send-message.v1",
        new { threadId = clientId + "-thread", messageId = $"{clientId}-w{week}", text = "Slept a little better.", labels = MentalHealth },
        "client", "session.message-sent.v1", "messageId", $"{clientId}-w{week}", ct);

    private async Task Share(CancellationToken ct)
    {
        var (directiveId, disclosureId) = (clientId + "-sharing", clientId + "-d1");
        await Do("consent.propose-consent.v1", new
        {
            clientId,
            directiveId,
            document = new { id = cast.Run + "-sharing", version = 1, language = "en", contentHash = Cast.Hash(Cast.Text) },
            scopes = new[] { new { kind = "disclosure", disclosure = new { recipientId = cast.RecipientId, purpose = "TREAT", categories = Attendance, sensitivity = MentalHealth } } }
        }, "therapist", "consent.proposed.v1", "directiveId", directiveId, ct);
        await Entering.Grant(cast, plan, directiveId, deeds, ct);
        await deeds.Do("consent.request-disclosure.v1", new
        {
            disclosureId,
            clientId,
            recipientId = cast.RecipientId,
            purpose = "TREAT",
            purposeStatement = "Continues care near home",
            categories = Attendance,
            periodFrom = Cast.Day(-30),
            periodTo = Cast.Day(2),
            legalBasis = "consent"
        }, cast.Neighbour, new Effect(clientId, "consent.disclosure-permitted.v1", "disclosureId", disclosureId), ct, again);
        var released = await http.Release(disclosureId, cast.Neighbour, ct);
        if (!released.Accepted) throw new IOException($"{disclosureId} was permitted, and not released: {released.Code}");
        deeds.Effects.Enqueue(new Effect(clientId, "consent.disclosure-made.v1", "disclosureId", disclosureId));
        Shared = true;
    }

    private async Task Withdraw(int week, string care, CancellationToken ct)
    {
        var planned = $"{clientId}-s{week + 1}";
        await Book(planned, 7, ct);
        await Do("consent.withdraw-consent.v1", new { clientId, requestedBy = clientId, channel = "app", directiveId = care }, "client", "consent.withdrawn.v1", "directiveId", care, ct);
        // what was planned rests on nothing any more, and nobody has to say so
        deeds.Effects.Enqueue(new Effect(clientId, "session.cancelled.v1", "sessionId", planned));
        Sessions[planned] = "cancelled";
        Withdrew = true;
    }

    private Task Do(string contract, object body, string? role, string type, string member, string value, CancellationToken ct) => deeds.Do(contract, body,
        role switch { "client" => cast.ClientLogin(plan.Client), "therapist" => cast.TherapistLogin(lane), _ => null }, new Effect(clientId, type, member, value), ct, again);
}
