"""What the client's rights mean in practice: an agreement that lacks something, one that covers less than was asked for, an
emergency without any, and the client reading who saw what."""
from __future__ import annotations

import json
from urllib import parse

from stage import ISSUER, Stage, refused, require, table, tell

MEMBER, REVIEWER = "night-lead", "reviewer"


def rights(s: Stage) -> None:
    agreed = incomplete_grant(s)
    redacted_disclosure(s, agreed)
    break_glass(s)
    plain_words(s)


def incomplete_grant(s: Stage) -> str:
    directive = f"screens-{s.client}"
    document = s.message("consent.propose-consent.v1.sharing")[1]["document"]
    s.command("consent.propose-consent.v1", "therapist", clientId=s.client, directiveId=directive, document=document, scopes=[{
        "kind": "disclosure", "disclosure": {"recipientId": s.names["recipientId"], "purpose": "TREAT", "categories": ["screening"], "sensitivity": ["PSY"]}}])
    grant = {**s.message("consent.grant-consent.v1.sharing")[1], "directiveId": directive}
    expiry = grant.pop("expiryEvent")
    refused(lambda: s.command("consent.grant-consent.v1", "client", **grant), "element_missing", "expiry")
    s.command("consent.grant-consent.v1", "client", **grant, expiryEvent=expiry)
    s.client_event("consent.granted.v1", directiveId=directive)
    tell("A consent to share screens was signed without saying when it ends: refused, naming expiry (45 CFR 164.508(c)); with it, granted", 8)
    return directive


def redacted_disclosure(s: Stage, directive: str) -> None:
    screen = s.message("intake.submit-screen.v1.c-ssrs")[1]["screenId"]
    s.command("intake.label-item.v1", "therapist", clientId=s.client, itemId=screen, labels=["SUD"])
    s.client_event("intake.item-labelled.v1", itemId=screen)
    asked = parse.urlencode({"recipientId": s.names["recipientId"], "purpose": "TREAT", "category": "screening",
                             "from": s.names["oneMonthAgo"], "to": s.names["today"], "label": "SUD"})
    answer = s.http.query("consent", f"/clients/{s.client}/decision?{asked}", "therapist")
    require((answer["outcome"], answer["redacts"], answer["directiveId"]) == ("redact", ["SUD"], directive), "a decision to redact SUD", answer)
    tell("The therapist labelled one screen SUD. What would leave, and why, for anybody who asks:")
    for ground in answer["because"]:
        tell(f"  - {ground}")

    wanted = f"d-{s.names['run']}-3"
    request = {**s.message("consent.request-disclosure.v1.first")[1], "disclosureId": wanted, "categories": ["screening"]}
    s.commands["AMQP"] += 1
    s.harbour.command("consent.request-disclosure.v1", request)
    s.client_event("consent.disclosure-permitted.v1", disclosureId=wanted, directiveId=directive)
    s.commands["HTTP"] += 1
    package, _ = s.http.release(wanted, "harbour", s.key)
    left = [item["screenId"] for item in json.loads(package)["content"]["screening"]]
    require(left and screen not in left, "the labelled screen to stay behind", left)
    redacted = s.client_event("consent.disclosure-redacted.v1", disclosureId=wanted).body
    require(redacted["labels"] == [], "no label where the recipient's own system hears it", redacted)
    rows = s.view("consent", "accounting", lambda ledger: any(row["redacted"] for row in ledger), "what stayed behind", "therapist")
    kept = next(row["redacted"] for row in rows if row["disclosureId"] == wanted)
    require(kept == ["SUD"], "the label that stayed behind", kept)
    tell(f"{s.harbour.user} fetched {wanted}: {len(left)} screen left, what is labelled SUD stayed; the clinic's record says so, the bus does not")


def break_glass(s: Stage) -> None:
    access = f"glass-{s.names['run']}"
    for who in (MEMBER, REVIEWER):
        s.command("intake.link-subject.v1", "operator", issuer=ISSUER, subject=f"login-of-{who}", practitionerId=who)
    broken = dict(accessId=access, clientId=s.client, reasonCode="suicide-risk", narrative="Called the night line, then fell silent.")
    # its own copy of who is who may still be on its way to consent
    s.until(lambda: refused(lambda: s.command("consent.break-glass.v1", REVIEWER, **{**broken, "accessId": access + "-no"}), "not_authorised"),
            "subject_not_linked")
    s.command("consent.authorise-emergency-user.v1", "operator", userId=MEMBER)
    s.until(lambda: s.command("consent.break-glass.v1", MEMBER, **broken), "subject_not_linked")
    s.client_event("consent.emergency-access-granted.v1", accessId=access)
    seen = s.http.query("consent", f"/emergency/{access}/records/attendance", MEMBER, "BTG")
    s.command("consent.close-emergency-access.v1", MEMBER, accessId=access)
    s.client_event("consent.emergency-access-closed.v1", accessId=access)
    review = dict(accessId=access, outcome="justified", informingIsHarmful=False, findings="Found in time.")
    refused(lambda: s.command("consent.review-emergency-access.v1", MEMBER, **review), "reviewer_is_user", "accessId")
    s.command("consent.review-emergency-access.v1", REVIEWER, **review)
    s.client_event("consent.emergency-access-reviewed.v1", accessId=access, outcome="justified")
    tell(f"At night {MEMBER} broke the glass, saw {len(seen)} sessions and closed it; who was not authorised could not, and only somebody else could review it")


def plain_words(s: Stage) -> None:
    rows = s.view("consent", "who-saw", lambda sights: any(sight["who"] == MEMBER for sight in sights), "the emergency", "client", purpose="PATRQT")
    tell("What the client reads about it all:")
    table(["when", "who", "what", "why"], [[row["at"][:16].replace("T", " "), row["who"], row["what"], row["why"]] for row in rows])
