#!/usr/bin/python3
"""One client's way through the clinic, from referral to withdrawal, half over AMQP and half over HTTP.

Every step's effect is observed (an answer, an event, a view) before the next begins; the exit code is 0 only then.
Needs the running stack's environment (.run/env). It may be played again on the same stack: every run has ids of its own.
"""
from __future__ import annotations

import json
import os
import sys
import time
from datetime import datetime, timedelta
from typing import Any, Callable, Optional

from pika.exceptions import AMQPError

from clinic_client import Mismatch, Refused, wait_for
from between import alert, conversation, disruption, on_call
from erasure import erasure
from rights import rights
from stage import GREEN, RED, SETTINGS, THERAPIST, Stage, instant, paint, refused, require, table, tell


def referral_to_decision(s: Stage) -> None:
    s.amqp("intake.receive-referral.v1")
    s.event("intake.referral-received.v1", referralId=s.names["referralId"])
    s.amqp("intake.register-client.v1")
    s.client_event("intake.client-registered.v1", identityMode="pseudonymous")
    tell(f"Referral {s.names['referralId']} arrived on the bus, client registered under the pseudonym {s.client}", 1)
    for link in ("client", "therapist"):
        s.post(f"intake.link-subject.v1.{link}", "operator")
    s.post("intake.assign-therapist.v1", "operator")
    s.client_event("therapist.assigned.v1", practitionerId=THERAPIST)
    tell(f"An operator linked both to their logins and made {THERAPIST} the therapist of record: from here on no other therapist sees {s.client}")
    s.post("intake.submit-screen.v1.phq-9", "client")
    scored = s.client_event("intake.screening-completed.v1", instrument="phq-9", total=16).body
    s.client_event("intake.follow-up-screen-requested.v1", instrument="c-ssrs", reason="phq-9-item-9")
    s.post("intake.submit-screen.v1.c-ssrs", "client")
    s.client_event("intake.screening-completed.v1", instrument="c-ssrs", band="low")
    tell(f"PHQ-9 scored 16 ({scored['band']}), item 9 asks for a follow-up: C-SSRS requested and answered, low")
    s.post("intake.triage-risk.v1", "therapist")
    s.client_event("intake.risk-triaged.v1", tier="low", clinicianId=THERAPIST)
    s.amqp("intake.record-emergency-plan.v1")
    s.client_event("intake.emergency-plan-recorded.v1")
    s.post("intake.verify-licence.v1", "operator")
    s.event("intake.licence-verified.v1", practitionerId=THERAPIST)
    s.post("intake.proof-identity.v1", "operator")
    s.client_event("intake.identity-proofed.v1", level="ial2")
    s.post("intake.deliver-content.v1", "therapist")
    s.post("intake.acknowledge-content.v1", "client")
    s.client_event("intake.safety-education-acknowledged.v1", contentId="online-safety", version=1)
    tell("Identity proofed to IAL2 and the pseudonym kept; the client has read how to stay safe online")
    decided = s.post("intake.decide-suitability.v1", "therapist")
    s.client_event("intake.suitability-decided.v1", decision="online", decidedBy=THERAPIST)
    s.view("intake", "safety-card", lambda card: (card.get("tier"), card.get("suitability")) == ("low", "online"),
           "the tier and the decision", receipt=decided["receipt"])
    tell(f"Triaged low, emergency plan recorded; {THERAPIST}, licence verified, decided with a rationale: therapist-supported, online")


def consent(s: Stage) -> None:
    proposed = s.client_event("consent.proposed.v1", documentId="online-therapy")
    s.names["careDirectiveId"] = care = proposed.body["directiveId"]
    s.post("consent.grant-consent.v1.care", "client")
    s.client_event("consent.granted.v1", directiveId=care, directiveVersion=2)
    tell(f"Consent to {about(proposed.body)} was proposed by the service ({short(care)}); the client granted it", 2)
    sharing = s.names["sharingDirectiveId"]
    s.post("consent.register-recipient.v1", "operator")
    s.event("consent.recipient-registered.v1", recipientId=s.names["recipientId"])
    s.post("consent.publish-document.v1.sharing", "operator")
    s.post("consent.propose-consent.v1.sharing", "therapist")
    s.client_event("consent.proposed.v1", directiveId=sharing)
    s.amqp("consent.grant-consent.v1.sharing")
    s.client_event("consent.granted.v1", directiveId=sharing, directiveVersion=2)
    s.view("consent", "consents", lambda view: active(view) == sorted([care, sharing]), "both active")
    tell(f"Sharing attendance with the other clinic was proposed by {THERAPIST} ({sharing}); granted, both are active")


def sessions(s: Stage) -> None:
    first, second = s.names["firstSessionId"], s.names["secondSessionId"]
    s.post("session.approve-platform.v1", "operator")
    s.event("session.platform-approved.v1", platformId="clinic-video")
    s.once_known("session.book-session.v1.first", "consent_missing", "modality_consent_missing", "suitability_missing")
    s.client_event("session.scheduled.v1", sessionId=first)
    s.post("session.start-session.v1", "therapist")
    gate = s.client_event("session.gate-evaluated.v1", sessionId=first).body
    require(gate["passed"], "the start gate to pass", [check for check in gate["checks"] if not check["passed"]])
    s.client_event("session.started.v1", sessionId=first)
    disruption(s, first)
    ended = s.post("session.end-session.v1", "therapist")
    s.client_event("session.ended.v1", sessionId=first, attendance="attended")
    s.view("session", "sessions", lambda rows: states(rows) == {first: "ended"}, "it ended", receipt=ended["receipt"])
    tell(f"Session {first} booked, gate passed ({len(gate['checks'])} checks), started, ended", 3)
    s.amqp("session.book-session.v1.second")
    s.client_event("session.scheduled.v1", sessionId=second)
    tell(f"Session {second} booked for {s.names['inOneWeek'][:10]}")
    conversation(s)


def feedback(s: Stage) -> None:
    on_call(s)
    s.once_known("feedback.submit-measure.v1", "subject_not_linked", who="client")
    scored = s.client_event("feedback.measure-scored.v1", responseId=s.names["responseId"]).body
    raised = s.client_event("feedback.safety-alert-raised.v1", responseId=s.names["responseId"]).body["alertId"]
    s.client_event("intake.safety-alert-noted.v1", alertId=raised)
    s.view("feedback", "scores", lambda rows: [row["total"] for row in rows] == [scored["total"]], "one score")
    s.view("feedback", "alerts", lambda rows: [row["alertId"] for row in rows] == [raised], "one alert")
    s.view("intake", "safety-card", lambda card: card["alerts"] == [raised], "the alert")
    tell(f"PHQ-9 measure scored {scored['total']} ({scored['band']}); item 9 raised a safety alert, and intake sees it", 4)
    alert(s, raised)


def disclosure(s: Stage) -> None:
    wanted, sharing = s.names["firstDisclosureId"], s.names["sharingDirectiveId"]
    s.amqp("consent.request-disclosure.v1.first", s.harbour)
    s.client_event("consent.disclosure-permitted.v1", disclosureId=wanted, directiveId=sharing, directiveVersion=2)
    refused(lambda: s.http.release(wanted, "harbour this morning", s.key), "insufficient_user_authentication", status="401")
    s.commands["HTTP"] += 1
    package, digest = s.http.release(wanted, "harbour", s.key)
    rows = json.loads(package)["content"]["attendance"]
    require([row["status"] for row in rows] == ["ended"], "one ended session in the package", rows)
    s.client_event("consent.disclosure-made.v1", disclosureId=wanted, contentHash=digest)
    s.names["contentHash"] = digest
    s.amqp("consent.acknowledge-disclosure.v1", s.harbour)
    s.client_event("consent.disclosure-delivered.v1", disclosureId=wanted, contentHash=digest)
    tell(f"{s.harbour.user} asked for {wanted}: permitted under {sharing} v2, made "
         f"({len(package)} bytes, sha-256 {digest[:8]}…), delivered", 5)
    tell("A login of this morning was not enough to fetch it (step-up: 401, log in again); a recent one was")


def withdrawal(s: Stage) -> None:
    care, sharing, second = s.names["careDirectiveId"], s.names["sharingDirectiveId"], s.names["secondSessionId"]
    s.amqp("consent.withdraw-consent.v1")
    ended = [s.client_event("consent.withdrawn.v1", directiveId=directive, directiveVersion=3).body for directive in (care, sharing)]
    s.names["withdrawnAt"] = min(event["effectiveAt"] for event in ended)
    s.client_event("session.cancelled.v1", sessionId=second, by="consent-withdrawn")
    s.view("session", "sessions", lambda rows: states(rows).get(second) == "cancelled", "the second one cancelled")
    tell(f"The client withdrew everything with one message, no reason asked; session {second} cancelled", 6)
    denied = s.names["secondDisclosureId"]
    s.amqp("consent.request-disclosure.v1.second", s.harbour)
    s.client_event("consent.disclosure-denied.v1", disclosureId=denied, reasonCode="consent_withdrawn", directiveId=sharing,
                   directiveVersion=3)
    tell(f"{s.harbour.user} asked again ({denied}): denied, consent_withdrawn")


def audit(s: Stage) -> None:
    # what the trail must hold, by id and by the hash its owner gave it: audit keeps an independent copy
    told = {event.headers["id"]: event.headers["eventhash"] for event in s.ehr.events if event.body.get("clientId") == s.client}
    trail: list[dict[str, Any]] = []

    def complete() -> Optional[bool]:
        trail[:] = s.http.query("audit", "/trail", "auditor", "HLEGAL", clientId=s.client)
        return told.items() <= {row["eventId"]: row.get("eventHash") for row in trail}.items() or None

    wait_for(complete, f"the {len(told)} events seen on the bus in the trail, same hashes", lambda: f"{len(trail)} rows")
    rows = [row for row in trail if row["type"].startswith("consent.")]
    order = [row["sequence"] for row in rows]
    require(order == sorted(order), "the trail in consent's order", order)
    views = sum(row["type"] == "record.viewed.v1" for row in trail)
    tell(f"The auditor's trail of {s.client}: {len(trail)} entries, {views} of them views of the record; consent and disclosures:", 7)
    table(["when (UTC)", "who (role)", "what", "why", "under"], [trail_row(row, rows) for row in rows])
    ledger = s.view("consent", "accounting", lambda entries: [entry.get("delivery") for entry in entries] == ["delivered"],
                    "one delivered disclosure", "auditor", purpose="HLEGAL")
    tell("Accounting of disclosures:")
    table(["date", "recipient", "address", "description", "purpose"], [[
        entry["at"][:10], *(entry[member] for member in ("recipientName", "recipientAddress", "description", "purposeStatement"))]
        for entry in ledger])
    moment = instant(datetime.fromisoformat(s.names["withdrawnAt"]) - timedelta(milliseconds=1))
    before = s.view("consent", "consents", lambda view: len(active(view)) == 2, "both active before the withdrawal", "auditor",
                    purpose="HLEGAL", asOf=moment)
    now = s.view("consent", "consents", lambda view: active(view) == [], "none active now", "auditor", purpose="HLEGAL")
    tell("Consent a moment before the withdrawal, and now:")
    table(["directive", f"as of {moment[11:23]}", "now"], [[
        old["directiveId"], *(f"{directive['status']} v{directive['directiveVersion']}" for directive in (old, new))]
        for old, new in zip(before["directives"], now["directives"])])


def bad_input(s: Stage) -> None:
    name = "intake.receive-referral.v1.incomplete"
    for door, send, kind in (("AMQP", lambda: s.amqp(name), "command.rejected.v1"),
                             ("HTTP", lambda: s.post(name, "therapist"), "400 application/problem+json")):
        try:
            came: object = f"accepted: {send()}"
        except Refused as refused:
            came = (refused.kind, refused.field)
        require(came == (kind, "urgency"), f"{kind} naming urgency over {door}", came)
    worklist = s.http.query("intake", "/worklist", "operator")
    require(s.names["incompleteReferralId"] not in str(worklist), "no such referral in the worklist", worklist)
    tell("A referral without its urgency was refused over AMQP and over HTTP, both naming urgency; the worklist has none of it")


def strangers(s: Stage) -> None:
    """Another clinic's auditor learns nothing: what is there looks like what is not."""
    for client in (s.client, f"{s.client}-that-is-not"):
        refused(lambda: s.http.query("intake", f"/clients/{client}/safety-card", "stranger", "HLEGAL"), "not_found", status="404")
    tell(f"An auditor of the south asked for {s.client}: 404, as for a client that does not exist")


def privacy(s: Stage) -> None:
    """The bus carries ids, codes and hashes: nothing that a person wrote or answered may be in what came from it."""
    recipient, decision = (s.message(name)[1] for name in ("consent.register-recipient.v1", "intake.decide-suitability.v1"))
    words = {
        "the recipient's name": recipient["name"], "the recipient's address": recipient["address"],
        "the rationale": decision["rationale"], "item answers": '"items"',
        "a login": s.names["clientSubject"], "the licence number": s.message("intake.verify-licence.v1")[1]["number"],
        "what the client wrote": "could not sleep", "what was done about the alert": "plan for emergencies",
        "the purpose in words": s.message("consent.request-disclosure.v1.first")[1]["purposeStatement"]}
    seen = [*s.ehr.events, *s.ehr.answers.values(), *s.harbour.answers.values()]
    for message in seen:
        found = [what for what, word in words.items() if word in f"{message.text} {message.headers}"]
        require(not found, f"{message.type} without names, answers or free text", found)
    tell(f"None of the {len(seen)} messages seen on the bus carries {', '.join(words)}")


def active(view: dict[str, Any]) -> list[str]:
    return sorted(directive["directiveId"] for directive in view["directives"] if directive["active"])


def states(rows: list[dict[str, Any]]) -> dict[str, str]:
    return {row["sessionId"]: row["status"] for row in rows}


def short(identifier: str) -> str:
    return identifier if len(identifier) <= 24 else f"{identifier[:13]}…{identifier[-6:]}"


def about(body: dict[str, Any]) -> str:
    """What a directive is about, from its scopes."""
    return " + ".join(scope.get("value") or " ".join(scope.get("disclosure", {}).get("categories", [])) or scope["kind"]
                      for scope in body["scopes"])


def trail_row(row: dict[str, Any], rows: list[dict[str, Any]]) -> list[str]:
    who = f"{row['actor']} ({row['actorRole']})" + (f" for {row['onBehalfOf']}" if row.get("onBehalfOf") else "")
    what = f"{row['type'].split('.')[1]} {row.get('disclosureId') or about(row['body'])}"
    # each step of a disclosure tells only what is new: its purpose is in the request, a delivery happens under its permit
    same = [other for other in rows if row.get("disclosureId") and other.get("disclosureId") == row["disclosureId"]]
    scoped = [scope["disclosure"]["purpose"] for scope in row["body"].get("scopes", []) if "disclosure" in scope]
    purpose = row.get("purposeOfUse") or next((other["purposeOfUse"] for other in same if other.get("purposeOfUse")), None)
    why = ", ".join(filter(None, [purpose, row.get("reason")])) or " ".join(scoped)
    source = row if "deliver" not in row["type"] else next(other for other in same if other.get("directiveId"))
    under = f"{short(source['directiveId'])} v{source['directiveVersion']}" if source.get("directiveId") else ""
    return [row["at"][:23].replace("T", " "), who, what, why or "-", under or "-"]


STEPS = (referral_to_decision, consent, sessions, feedback, disclosure, withdrawal, audit, bad_input, strangers, privacy, rights, erasure)


def report(step: str, failure: Exception) -> None:
    if isinstance(failure, Mismatch):
        expected, came = failure.expected, failure.came
    elif isinstance(failure, Refused):
        expected, came = "acceptance", f"refused: {failure}"
    else:
        expected, came = "servers that answer, in the agreed shape", repr(failure)
    print(paint(f"FAILED at {step}", RED))
    print(f"   expected: {expected}\n   came:     {came}")


def play(settings: dict[str, str]) -> int:
    began, step, stage = time.monotonic(), "connecting to the bus", None
    try:
        stage = Stage(settings)
        for number, act in enumerate(STEPS, 1):
            step = f"step {number} ({act.__name__.replace('_', ' ')})"
            act(stage)
    except (Mismatch, Refused, AMQPError, OSError, KeyError, ValueError) as failure:
        report(step, failure)
        return 1
    finally:
        if stage:
            stage.close()
    commands = " and ".join(f"{count} over {door}" for door, count in stage.commands.items())
    tell(paint(f"Done: every effect observed. Commands: {commands}; {len(stage.ehr.events)} events; "
               f"{time.monotonic() - began:.1f} s.", GREEN))
    return 0


if __name__ == "__main__":
    missing = [name for name in SETTINGS if not os.environ.get(name)]
    if missing:
        sys.exit(f"story: not set: {', '.join(missing)}. Start the stack (make up), then: . .run/env")
    sys.stdout.reconfigure(errors="replace")  # a terminal without our few special characters is no failure
    sys.exit(play(dict(os.environ)))
