"""What goes on around a session: a line that breaks, a conversation in writing, an alert until somebody has acted on it."""
from __future__ import annotations

import os
from datetime import datetime, timedelta, timezone

from stage import THERAPIST, Stage, instant, require, tell


def disruption(s: Stage, session: str) -> None:
    """Both sides report it; it is one interruption."""
    for who, party in (("client", "client"), ("therapist", "practitioner")):
        s.command("session.report-disruption.v1", who, sessionId=session, kind="connection-lost", party=party)
    told = [s.client_event("session.disruption-recorded.v1", sessionId=session, party=party).body["disruption"] for party in ("client", "practitioner")]
    require(told == [1, 1], "one interruption, reported by both", told)
    s.command("session.report-reconnection.v1", "client", sessionId=session, party="client")
    seconds = s.client_event("session.reconnected.v1", sessionId=session, disruption=1).body["seconds"]
    tell(f"The line broke: both reported it, one interruption of {seconds} s; after two minutes it would have gone on by another channel")


def conversation(s: Stage) -> None:
    thread, question, answer = (f"{kind}-{s.names['run']}" for kind in ("th", "q", "a"))
    s.command("session.open-thread.v1", "client", threadId=thread, clientId=s.client, practitionerId=THERAPIST, channel="message", timeZone="Europe/London")
    s.command("session.save-draft.v1", "client", threadId=thread, messageId=question, text="Two things. I dreamt of the harbour. And I could not sleep.", labels=["MH"])
    seen = s.http.query("session", f"/clients/{s.client}/threads/{thread}", "therapist")
    require("harbour" not in str(seen), "a draft that only its author sees", seen)
    s.command("session.send-message.v1", "client", threadId=thread, messageId=question)
    s.client_event("session.message-sent.v1", messageId=question, direction="from-client")
    due = s.client_event("feedback.response-due-set.v1", messageId=question).body["dueAt"]
    s.command("session.send-message.v1", "therapist", threadId=thread, messageId=answer, text="Let us begin with the sleep.", labels=["MH"], inReplyTo=question, inReplyToPart="p2")
    met = s.client_event("feedback.response-met.v1", messageId=question).body
    require(met["inTime"], "an answer in time", met)
    tell(f"In between the client wrote: a draft nobody else saw, then sent; an answer was due by {due[:16].replace('T', ' ')} and came, to its second part")


def alert(s: Stage, alert_id: str) -> None:
    """Until somebody has acted: a stack with short clocks lets it run over the time first."""
    short = os.environ.get("Feedback__UrgentAlertMinutes") == "0"
    came = f"went to {THERAPIST} on call, was" if short else "was"
    if short:
        told = s.client_event("feedback.alert-escalated.v1", alertId=alert_id, level=1).body
        require(told.get("practitionerId") == THERAPIST, f"{THERAPIST}, who is on call, to be told", told)
    s.command("feedback.acknowledge-alert.v1", "therapist", alertId=alert_id)
    s.command("feedback.resolve-alert.v1", "therapist", alertId=alert_id, action="Called the client; the plan for emergencies was gone through again.")
    s.client_event("feedback.safety-alert-resolved.v1", alertId=alert_id)
    tell(f"The alert {came} taken on and resolved; what was said stays with feedback")


def on_call(s: Stage) -> None:
    now = datetime.now(timezone.utc)
    s.command("feedback.assign-on-call.v1", "operator", dutyId=f"duty-{s.names['run']}", practitionerId=THERAPIST, level=1,
            **{"from": instant(now - timedelta(minutes=1)), "to": instant(now + timedelta(hours=8))})
