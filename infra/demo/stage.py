"""What the story stands on: callers and their tokens, this run's ids, the messages, and how things are printed."""
from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shlex
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Callable, Mapping, Optional

from clinic_client import Bus, Http, Message, Mismatch, PackageKey, Refused, wait_for

HERE = Path(__file__).resolve().parent
TENANT, THERAPIST = "north", "ther-1"
ISSUER = "https://clinic.local/dev"  # of `clinic token`
THERAPIST_LOGIN = "login-of-ther-1"  # who logs in is not who they are here: an operator links the two
SERVICES = ("intake", "consent", "session", "feedback", "audit")
PURPOSES = {"client": "PATRQT", "therapist": "TREAT", "operator": "HOPERAT"}  # HL7 v3 ActReason: why each of them acts
SHARING_TEXT = (
    "North Clinic may tell the Harbour Clinic when you came to sessions. You may revoke this at any time, as easily as you gave it; "
    "what was told before stays told. Your treatment does not depend on signing. The Harbour Clinic may pass on what it was told.")
SETTINGS = (*(f"{service.upper()}_URL" for service in SERVICES), "AMQP_URL", "AMQP_URL_HARBOUR")
BOLD, DIM, RED, GREEN = "1", "2", "31", "32"


def paint(text: str, style: str) -> str:
    return f"\033[{style}m{text}\033[0m" if sys.stdout.isatty() else text


def tell(text: str, number: Optional[int] = None) -> None:
    # flushed: whoever watches sees each step as it happens, through a pipe, too
    print((paint(f"{number}. ", BOLD) if number else "   ") + text, flush=True)


def table(titles: list[str], rows: list[list[str]]) -> None:
    widths = [max(map(len, column)) for column in zip(titles, *rows)]
    for number, row in enumerate([titles, *rows]):
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip()
        tell("  " + (line if number else paint(line, DIM)))


def require(holds: bool, expected: str, came: object) -> None:
    if not holds:
        raise Mismatch(expected, str(came))


def refused(attempt: Callable[[], Any], code: str, field: Optional[str] = None, status: str = "409") -> None:
    """Tries it and requires this refusal, of that field when one is named. Another one is passed on: it may be one that goes away."""
    try:
        came = attempt()
    except Refused as refusal:
        if (refusal.code, refusal.kind.split()[0]) == (code, status) and field in (None, refusal.field):
            return
        raise
    raise Mismatch(f"{status} {code} {field or ''}", f"accepted: {came}")


def instant(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


class Tokens:
    """Development tokens, minted once each and side by side: every one of them starts a program."""

    def __init__(self, callers: Mapping[str, tuple[str, ...]]):
        """Of each caller: subject and role, and what else `clinic token` is told."""
        command = os.environ.get("CLINIC_CLI") or os.environ.get("CLINIC") or str(HERE.parent / "bin" / "clinic")
        self._command = [*shlex.split(command), "token"]
        pool = ThreadPoolExecutor(max_workers=os.cpu_count())
        self._tokens: dict[str, Future[str]] = {
            who: pool.submit(self._mint, *caller) for who, caller in callers.items()}
        pool.shutdown(wait=False)  # the first step needs none of them

    def __call__(self, who: str) -> str:
        return self._tokens[who].result()

    def _mint(self, subject: str, role: str, *more: str) -> str:
        folder = os.environ.get("CLINIC_SECRETS_DIR")
        # no stdin: .NET writes control sequences to a terminal that it finds there
        mint = subprocess.run([*self._command, "--sub", subject, "--role", role, *(more if "--tenant" in more else ("--tenant", TENANT, *more)),
                               *(["--secrets", folder] if folder else [])],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)
        require(mint.returncode == 0, f"a token for {subject}", mint.stderr.strip() or f"exit code {mint.returncode}")
        return mint.stdout.strip()


class Stage:
    """Two bus users (the clinic's own system and the other clinic's), HTTP for everybody else, and this run's ids."""

    def __init__(self, settings: Mapping[str, str]):
        run = secrets.token_hex(4)
        self.client = f"c-{run}"
        self.commands = {"AMQP": 0, "HTTP": 0}
        self.ehr = Bus(settings["AMQP_URL"], f"story-{run}", listen=True)
        self.harbour = Bus(settings["AMQP_URL_HARBOUR"], f"story-{run}")
        self.http = Http({service: settings[f"{service.upper()}_URL"].rstrip("/") for service in SERVICES}, Tokens({
            "client": (f"login-{run}", "client"), "therapist": (THERAPIST_LOGIN, "therapist"), "operator": ("op-1", "operator"),
            "auditor": ("aud-1", "auditor"), "stranger": ("aud-2", "auditor", "--tenant", "south"),
            "harbour": (self.harbour.user, "clinic-system"), "night-lead": ("login-of-night-lead", "supervisor"), "reviewer": ("login-of-reviewer", "supervisor"),
            "harbour this morning": (self.harbour.user, "clinic-system", "--login-age", "180")}))
        self.key = PackageKey()
        self.names = {**names(run, self.client), "recipientBusUser": self.harbour.user, "recipientKey": self.key.jwk.replace('"', '\\"')}

    def message(self, name: str) -> tuple[str, dict[str, Any]]:
        """messages/{contract}[.{variant}].json with this run's values in place of {placeholders}."""
        values = {**self.names, "now": instant(datetime.now(timezone.utc))}
        text = (HERE / "messages" / f"{name}.json").read_text(encoding="utf-8")
        return ".".join(name.split(".")[:3]), json.loads(re.sub(r"\{(\w+)\}", lambda found: values[found[1]], text))

    def amqp(self, name: str, by: Optional[Bus] = None) -> dict[str, Any]:
        self.commands["AMQP"] += 1
        return (by or self.ehr).command(*self.message(name))

    def post(self, name: str, who: str) -> dict[str, Any]:
        self.commands["HTTP"] += 1
        return self.http.command(*self.message(name), who, PURPOSES[who])

    def command(self, contract: str, who: str, **members: Any) -> dict[str, Any]:
        """A command made on the spot, over HTTP."""
        self.commands["HTTP"] += 1
        return self.http.command(contract, members, who, PURPOSES.get(who, "TREAT"))

    def event(self, contract: str, **members: Any) -> Message:
        return self.ehr.expect(contract, **members)

    def client_event(self, contract: str, **members: Any) -> Message:
        return self.event(contract, clientId=self.client, **members)

    def view(self, service: str, name: str, until: Callable[[Any], bool], expected: str, who: str = "therapist",
             **options: str) -> Any:
        """Views follow their events; so ask until this one has."""
        came: list[Any] = []

        def ask() -> Any:
            came[:] = [self.http.query(service, f"/clients/{self.client}/{name}", who, **options)]
            return came[0] if until(came[0]) else None

        return wait_for(ask, f"{service}'s {name} with {expected}", lambda: came[0])

    def once_known(self, name: str, *codes: str, who: Optional[str] = None) -> dict[str, Any]:
        """Sends a message until its service knows the facts it decides on."""
        # a new message id each time: the answer to an old one never changes
        return self.until(lambda: self.post(name, who) if who else self.amqp(name), *codes)

    @staticmethod
    def until(attempt: Callable[[], Any], *codes: str) -> Any:
        """A service decides on its own copies of others' facts, which may still be on their way: tries again while it answers with those codes."""
        last: list[Refused] = []

        def once() -> Optional[list[Any]]:
            try:
                return [attempt()]
            except Refused as refused:
                if refused.code not in codes:
                    raise
                last[:] = [refused]
                return None

        return wait_for(once, "acceptance", lambda: last[0])[0]

    def close(self) -> None:
        self.ehr.close()
        self.harbour.close()


def names(run: str, client: str) -> dict[str, str]:
    now = datetime.now(timezone.utc)

    def digest(text: str) -> str:
        return hashlib.sha256(f"{text} {run}".encode()).hexdigest()

    return {
        "run": run, "clientId": client, "practitionerId": THERAPIST,
        "issuer": ISSUER, "clientSubject": f"login-{run}", "therapistSubject": THERAPIST_LOGIN,
        "referralId": f"r-{run}", "incompleteReferralId": f"r-{run}-incomplete", "responseId": f"m-{run}",
        "firstSessionId": f"s-{run}-1", "secondSessionId": f"s-{run}-2",
        "firstDisclosureId": f"d-{run}-1", "secondDisclosureId": f"d-{run}-2",
        "recipientId": f"harbour-{run}", "sharingDirectiveId": f"sharing-{client}",
        "sharingText": SHARING_TEXT, "sharingDocumentHash": hashlib.sha256(SHARING_TEXT.encode()).hexdigest(),
        "careSignatureHash": digest("typed name"), "sharingSignatureHash": digest("scanned page"),
        "today": f"{now:%Y-%m-%d}", "oneMonthAgo": f"{now - timedelta(30):%Y-%m-%d}",
        "inHalfAYear": f"{now + timedelta(180):%Y-%m-%d}", "inOneDay": instant(now + timedelta(1)),
        "inOneWeek": instant(now + timedelta(7)), "inOneYear": instant(now + timedelta(365))}
