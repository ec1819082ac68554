#!/usr/bin/env python3
"""Judges an exported log with public keys alone: verify.py DIR --checkpoints FILE... --key FILE

DIR is what `clinic export-log` wrote, FILE of checkpoints what was kept outside the database, the key a .vkey file that
came by another way. Written from the formats (RFC 6962, RFC 8785, C2SP signed-note and tlog-checkpoint), not from the other
verifier, and answers with the same last line. Needs Python 3.11 and the package python3-cryptography, nothing else.
Exit codes: 0 all of it holds, 1 something does not, 2 wrong usage.
"""

import argparse
import base64
import hashlib
import json
import os
import re
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key

MAX_INTEGER = 2**53 - 1


class Malformed(Exception):
    """Not what the format says."""


class Untrue(Exception):
    """Well formed, and does not hold."""


def integer(text):
    if text == "-0":
        raise ValueError("-0 is not a plain integer")
    return int(text)


def only_integers(text):
    raise ValueError(f"{text} is not an integer")


def no_repeats(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member is there twice")
    return members


def rows(path):
    """Objects of a file, a line each; numbers other than integers come as None inside and fail later."""
    decoder = json.JSONDecoder(object_pairs_hook=no_repeats, parse_int=integer, parse_float=lambda _: float("nan"),
                               parse_constant=only_integers)
    with open(path, encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate(lines, 1):
            try:
                row = decoder.decode(line)
            except ValueError as e:
                raise Malformed(f"{os.path.basename(path)}: line {number} cannot be read: {e}") from e
            if not isinstance(row, dict):
                raise Malformed(f"{os.path.basename(path)}: line {number} is not an object")
            yield row


def canonical(value):
    """RFC 8785, narrowed to integers that every JSON library keeps."""
    if isinstance(value, dict):
        members = sorted(value.items(), key=lambda member: member[0].encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(name)}:{canonical(item)}" for name, item in members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, float):
        raise Malformed("only integers")
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > MAX_INTEGER:
        raise Malformed("an integer above 2^53 - 1")
    return json.dumps(value, ensure_ascii=False)


def event_hash(event, installation, service):
    covered = {name: event[name] for name in ("tenant", "stream", "version", "id", "type", "ts", "user", "correlation",
                                              "causation", "headers", "data")}
    text = canonical(dict(covered, v=1, installation=installation, service=service))
    return hashlib.sha256(text.encode()).digest()


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """RFC 6962: a stack of perfect subtrees, each with its number of leaves."""

    def __init__(self):
        self.size, self.stack = 0, []

    def add(self, data):
        count, digest = 1, hashlib.sha256(b"\x00" + data).digest()
        while self.stack and self.stack[-1][0] == count:
            digest = node(self.stack.pop()[1], digest)
            count *= 2
        self.stack.append((count, digest))
        self.size += 1

    def root(self):
        if not self.stack:
            return hashlib.sha256(b"").digest()
        digest = self.stack[-1][1]
        for _, left in reversed(self.stack[:-1]):
            digest = node(left, digest)
        return digest


def strict_base64(text):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError as e:
        raise Malformed("not base64") from e
    if base64.b64encode(data).decode() != text:
        raise Malformed("not base64 in its one spelling")
    return data


class Key:
    """name+id+base64(0x02 and the DER of a P-256 public key)."""

    def __init__(self, vkey):
        parts = vkey.strip().split("+", 2)
        if len(parts) != 3:
            raise Malformed("a verifier key is name+id+key")
        material = strict_base64(parts[2])
        self.name, self.spki = parts[0], material[1:]
        self.id = hashlib.sha256(self.spki).digest()[:4]
        if material[:1] != b"\x02" or self.id.hex() != parts[1]:
            raise Malformed("not the key of a log, or its id does not belong to it")
        self.public = load_der_public_key(self.spki)
        if not isinstance(self.public, ec.EllipticCurvePublicKey) or self.public.curve.name != "secp256r1":
            raise Malformed("the key is not on P-256")

    def holds(self, text, signature):
        try:
            self.public.verify(signature, text.encode(), ec.ECDSA(hashes.SHA256()))
            return True
        except InvalidSignature:
            return False


def checkpoint(note, key):
    """Origin's size and root out of a signed note; the signature by the key must hold, others are ignored."""
    if any(c < " " and c != "\n" for c in note) or "\n\n" not in note:
        raise Malformed("not a signed note")
    text, _, signatures = note.rpartition("\n\n")
    text += "\n"
    if not signatures.endswith("\n"):
        raise Malformed("the note's last line has no end")
    signed = False
    for line in signatures[:-1].split("\n"):
        match = re.fullmatch("\u2014 ([^\\s+]+) ([A-Za-z0-9+/=]+)", line)
        if not match:
            raise Malformed("a signature line is not '— name base64'")
        value = strict_base64(match[2])
        if len(value) < 5:
            raise Malformed("a signature is too short")
        if (match[1], value[:4]) == (key.name, key.id):
            if not key.holds(text, value[4:]):
                raise Untrue(f"the signature of {key.name} does not hold")
            signed = True
    if not signed:
        raise Untrue("no known key has signed the note")
    lines = text[:-1].split("\n")
    if len(lines) < 3 or "" in lines or not re.fullmatch("0|[1-9][0-9]{0,18}", lines[1]):
        raise Malformed("not a checkpoint")
    root = strict_base64(lines[2])
    if len(root) != 32:
        raise Malformed("the root is not 32 bytes")
    if lines[0] != key.name:
        raise Untrue(f"the checkpoint is of {lines[0]}")
    return int(lines[1]), root


class Verification:
    def __init__(self, folder, outside, key):
        self.folder, self.outside, self.key = folder, outside, key
        self.flaws, self.events, self.signed, self.unsigned, self.waiting = [], 0, [], 0, 0

    def flaw(self, position, why, detail):
        self.flaws.append((position, why, detail))

    def table(self, name):
        return rows(os.path.join(self.folder, name + ".jsonl"))

    def run(self):
        try:
            self.all()
        except (Malformed, OSError, KeyError, TypeError, ValueError) as e:
            self.flaws, self.events = [(-1, "unreadable", str(e))], 0
        self.flaws.sort(key=lambda f: (f[0], f[1]))
        if not self.flaws:
            return f"ok events={self.events} checkpoints={len(self.signed)} unsigned={self.unsigned} waiting={self.waiting}"
        return f"bad position={self.flaws[0][0]} why={self.flaws[0][1]} flaws={len(self.flaws)}"

    def all(self):
        [identity] = self.table("installation")
        installation, service = identity["installation"], identity["service"]
        if self.key.name != f"clinic/{installation}/{service}":
            self.flaw(-1, "checkpoint-origin", f"the export is of {installation}/{service}, the key of {self.key.name}")
        self.checkpoints()
        events = {}
        for event in self.table("events"):
            try:
                digest = event_hash(event, installation, service)
            except (Malformed, UnicodeEncodeError):
                digest = None
            if event["seq"] in events:
                self.flaw(-1, "unreadable", f"event number {event['seq']} is there twice")
            events[event["seq"]] = (event["id"], event["tenant"], event["stream"], event["version"], digest)
        self.events = len(events)

        tree, roots, streams, positions = Tree(), {0: hashlib.sha256(b"").digest()}, {}, {}
        sizes, logged = {size for size, _ in self.signed}, None
        for row in self.table("log"):
            position = tree.size
            if row["position"] != position:
                self.flaw(position, "position-missing", f"position {position} is missing")
                break
            if logged is not None and row["logged"] < logged:
                self.flaw(position, "time-backwards", f"position {position} was logged before the one it follows")
            logged = row["logged"]
            positions[row["id"]] = position
            digest = bytes.fromhex(row["hash"])
            tree.add(row["seq"].to_bytes(8, "big", signed=True) + digest)
            if tree.size in sizes:
                roots[tree.size] = tree.root()
            event = events.pop(row["seq"], None)
            if event is None:
                self.flaw(position, "event-missing", f"event {row['id']} is in the log, and its row is gone")
                continue
            if event[0] != row["id"] or event[4] != digest:
                self.flaw(position, "event-changed", f"event {row['id']} ({event[2]} version {event[3]}) is not what was logged")
            streams.setdefault(event[1:3], {})[event[3]] = position
        self.rest(events, streams, tree.size, positions)
        self.judge(roots, tree.size)
        self.waiting = len(events)

    def rest(self, events, streams, size, positions):
        queued = {row["seq"] for row in self.table("queue")}
        for seq, event in sorted(events.items()):
            if seq not in queued:
                self.flaw(size, "event-unlogged", f"event {event[0]} ({event[2]} version {event[3]}) is in no log and waits for none")
            streams.setdefault(event[1:3], {})[event[3]] = size
        for stream in self.table("streams"):
            versions = sorted(streams.get((stream["tenant"], stream["stream"]), {}).items())
            hole = next((i for i, (version, _) in enumerate(versions) if version != i + 1), None)
            if hole is not None:
                self.flaw(versions[hole][1], "stream-broken", f"stream {stream['stream']}: version {hole + 1} is missing")
            elif len(versions) != stream["version"]:
                self.flaw(versions[-1][1] if versions else size, "stream-broken",
                          f"stream {stream['stream']} ends at {len(versions)}, but {stream['version']} versions were written")
        for row in self.table("quarantine"):
            self.flaw(positions.get(row["id"], size), "quarantined", f"event {row['id']} was found not to be the service's own")

    def checkpoints(self):
        outside = 0
        for path in [*self.outside, os.path.join(self.folder, "checkpoints.jsonl")]:
            for number, row in enumerate(rows(path), 1):
                where = f"checkpoint {number} of {os.path.basename(path)}"
                try:
                    self.signed.append(checkpoint(row["note"], self.key))
                    outside += path in self.outside
                except Untrue as e:
                    self.flaw(-1, "checkpoint-signature", f"{where}: {e}")
                except Malformed as e:
                    self.flaw(-1, "checkpoint-format", f"{where}: {e}")
        if not outside:
            self.flaw(-1, "no-checkpoint", "no good checkpoint from outside the database was given")

    def judge(self, roots, size):
        good, differs = 0, False
        for signed, root in sorted(self.signed, key=lambda s: s[0]):
            if signed > size:
                self.flaw(size, "log-cut", f"the log ends before position {size}, but {signed} positions were signed")
                break
            if roots[signed] == root:
                good = good if differs else signed
            elif not differs:
                # an event that is wrong in there is what makes it differ; else all that is known is after which position
                first = min((f[0] for f in self.flaws if good <= f[0] < signed), default=good)
                self.flaw(first, "root-differs", f"what was signed over {signed} positions differs; the first {good} are as they were")
                differs = True
        self.unsigned = size - good


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", metavar="DIR")
    parser.add_argument("--checkpoints", metavar="FILE", action="append", required=True)
    parser.add_argument("--key", metavar="FILE", required=True)
    args = parser.parse_args()
    try:
        with open(args.key, encoding="utf-8") as file:
            key = Key(file.read())
    except (OSError, Malformed, ValueError) as e:
        print(f"verify.py: {args.key}: {e}", file=sys.stderr)
        return 2
    verification = Verification(args.folder, args.checkpoints, key)
    verdict = verification.run()
    for _, why, detail in verification.flaws[:100]:
        print(f"{why}: {''.join(c if c.isprintable() else '?' for c in detail)}")
    print(f"key {hashlib.sha256(key.spki).hexdigest()}")
    print(verdict)
    return 1 if verification.flaws else 0


if __name__ == "__main__":
    sys.exit(main())
