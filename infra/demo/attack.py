"""The system attacks itself: whoever owns the database rewrites a withdrawal, and is found with public keys alone.

Needs a running stack of this machine (`. .run/env`) in which a consent was withdrawn. Ends with everything as it was.
"""
from __future__ import annotations

import glob
import hashlib
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECRETS = Path(os.environ["Clinic__SecretsDir"])
SERVICE = "consent"
# two keys of the row are changed: what was said, and from when it holds
REWRITE = """update public.mt_events set data = jsonb_set(data, '{{effectiveAt}}', '"2099-01-01T00:00:00+00:00"') where seq_id = {seq}"""
RESTORE = "update public.mt_events set data = $row${data}$row$::jsonb where seq_id = {seq}"


class Unexpected(Exception):
    """The attack did not end as it must."""


def tell(text: str) -> None:
    print("   " + text, flush=True)


def psql(sql: str) -> str:
    """As the superuser, past every trigger: nothing inside the database stops who owns it."""
    tool = shutil.which("psql") or sorted(glob.glob("/usr/lib/postgresql/*/bin/psql"))[-1]
    env = dict(os.environ, PGPASSWORD=os.environ["PGSUPERPASSWORD"], PGOPTIONS="-c client_min_messages=warning")
    run = subprocess.run([tool, "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", os.environ["PGHOST"], "-p", os.environ["PGPORT"],
                          "-U", os.environ.get("PGSUPERUSER", "postgres"), "-d", SERVICE, "-c", sql], env=env, capture_output=True, text=True, check=False)
    if run.returncode:
        raise Unexpected(run.stderr.strip())
    return run.stdout.strip()


def as_owner(sql: str) -> None:
    psql(f"begin; alter table public.mt_events disable trigger user; {sql}; alter table public.mt_events enable always trigger append_only, enable always trigger no_truncate; commit")


def run(*command: str) -> tuple[int, list[str]]:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout + done.stderr).strip().splitlines()


def witnessed(origin: str, folder: Path) -> Path:
    """What the witness has cosigned last: fetched from the witness itself, past the service and its database."""
    address = f"{os.environ['WITNESS_URL']}/{hashlib.sha256(origin.encode()).hexdigest()}/checkpoint"
    note = folder / "witness.note"
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 (address of this stack)
        note.write_bytes(answer.read())
    return note


def verdicts(what: str, folder: Path, note: Path) -> list[str]:
    """Exports the log and has it judged by both verifiers, by what the witness has and by nothing else of ours."""
    clinic = shlex.split(os.environ.get("CLINIC_CLI") or os.environ.get("CLINIC") or str(ROOT / "infra/bin/clinic"))
    export = folder / what
    code, lines = run(*clinic, "export-log", str(export), "--service", SERVICE)
    if code:
        raise Unexpected(lines[-1])
    options = [str(export), "--checkpoints", str(note), "--key", str(SECRETS / f"checkpoint-{SERVICE}.vkey"), "--witness", str(SECRETS / "witness.vkey")]
    ends = []
    for name, command in (("clinic verify", [*clinic, "verify"]), ("verify.py", ["/usr/bin/python3", "-B", str(ROOT / "infra/verify/verify.py")])):
        code, lines = run(*command, *options)
        ends.append(lines[-1])
        if code != (0 if lines[-1].startswith("ok ") else 1):
            raise Unexpected(f"{name} ended with {code}: {lines[-1]}")
        tell(f"{name}: {lines[-1]}")
    if ends[0] != ends[1]:
        raise Unexpected("the two verifiers do not agree")
    return ends


def main() -> int:
    row = psql("select json_build_object('seq', e.seq_id, 'position', l.position, 'data', e.data::text) from public.mt_events e "
               "join clinic.log l using (seq_id) where e.type = 'consent_withdrawn' order by l.position desc limit 1")
    if not row:
        raise Unexpected("no consent was withdrawn yet: play the story first")
    target = json.loads(row)
    origin = (SECRETS / f"checkpoint-{SERVICE}.vkey").read_text().split("+")[0]
    with tempfile.TemporaryDirectory(prefix="clinic-attack") as name:
        folder = Path(name)
        tell("Before: the log of consent, judged by the witness' last checkpoint and public keys")
        note = witnessed(origin, folder)
        if not verdicts("before", folder, note)[0].startswith("ok "):
            raise Unexpected("the log did not hold before the attack")
        tell(f"The superuser switches the triggers off and moves a withdrawal to 2099 (position {target['position']})")
        as_owner(REWRITE.format(seq=target["seq"]))
        try:
            found = verdicts("rewritten", folder, note)[0]
            if not found.startswith(f"bad position={target['position']} why=event-changed"):
                raise Unexpected(f"not found where it is: {found}")
        finally:
            as_owner(RESTORE.format(seq=target["seq"], data=target["data"]))
        tell("The row is put back")
        if not verdicts("restored", folder, witnessed(origin, folder))[0].startswith("ok "):
            raise Unexpected("the log does not hold after the row was put back")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (Unexpected, OSError, KeyError) as e:
        print(f"attack: {e}", file=sys.stderr)
        sys.exit(1)
