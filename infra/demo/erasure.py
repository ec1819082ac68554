"""One erasure, after which the trail still reads: what was said is gone, that it was said is not."""
from __future__ import annotations

from typing import Any, Optional

from clinic_client import Mismatch, wait_for
from stage import Stage, refused, require, table, tell


def erasure(s: Stage) -> None:
    def order(contract: str, **members: str) -> dict[str, Any]:
        return s.command(contract, "operator", clientId=s.client, **members)

    def trail() -> dict[str, str]:
        rows = s.http.query("audit", "/trail", "auditor", "HLEGAL", clientId=s.client, limit="500")
        return {row["eventId"]: row["type"] for row in rows if row["producer"] != "audit"}

    before = trail()
    held, erased = f"h-{s.client}", f"e-{s.client}"
    order("intake.place-hold.v1", holdId=held, basis="inquiry", reference="case-1")
    refused(lambda: order("intake.request-erasure.v1", erasureId=erased, ground="client-request"), "legal_hold")
    s.client_event("intake.erasure-refused.v1", reasonCode="legal_hold")
    order("intake.release-hold.v1", holdId=held)
    tell("The client asks to be forgotten; a legal hold refuses it, on record, until it is released", 9)

    order("intake.request-erasure.v1", erasureId=erased, ground="client-request")
    s.client_event("intake.erasure-requested.v1", erasureId=erased)
    # a process that was killed within the last minute is waited for
    done = wait_for(lambda: found(s, erased), "every service's keys destroyed", lambda: "not all", patience=75.0)
    services = sorted(event.headers["source"].removeprefix("/clinic/") for event in s.ehr.events
                      if event.type == "keys.destroyed.v1" and event.body["erasureId"] == erased)
    require(services == ["consent", "feedback", "intake", "session"], "an answer of each of the four", services)
    tell(f"{', '.join(services)} destroyed their keys for {s.client}: {done['keys']} of them, erasure complete")

    # nothing personal is stored about the client again
    refused(lambda: s.amqp("intake.record-emergency-plan.v1"), "personal_data_erased", status="command.rejected.v1")
    after = wait_for(lambda: (now := trail()) and before.items() <= now.items() and now or None, "the trail as it was, and longer", lambda: len(trail()))
    ledger = s.view("consent", "accounting", lambda entries: {entry["purposeStatement"] for entry in entries} == {"(erased)"},
                    "every purpose statement erased", "auditor", purpose="HLEGAL")
    tell(f"The trail still reads: all {len(before)} entries as before, {len(after) - len(before)} more. Accounting of disclosures:")
    table(["date", "recipient", "description", "purpose"], [[
        entry["at"][:10], *(entry[member] for member in ("recipientName", "description", "purposeStatement"))] for entry in ledger])


def found(s: Stage, erasure_id: str) -> Optional[dict[str, Any]]:
    try:
        return s.client_event("intake.erasure-completed.v1", erasureId=erasure_id).body
    except Mismatch:
        return None
