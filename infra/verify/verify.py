#!/usr/bin/env python3
"""Judges an exported log with public keys alone: verify.py DIR --checkpoints FILE... --key FILE [--witness FILE... --quorum N]

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
LAST_SECOND = 253402300799  # of the year 9999


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


def notes(path):
    """Signed notes: one as it is served, or a file of one JSON object a line."""
    with open(path, "rb") as file:
        one = file.read(1) not in (b"{", b"")
    if not one:
        return (row["note"] for row in rows(path))
    with open(path, encoding="utf-8", newline="") as file:
        return [file.read()]


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


COSIGNATURE = b"\xffecdsa-p256-cosignature/v1\n"


class Key:
    """name+id+base64(0x02 and the DER of a P-256 public key); a witness' key begins with another type and its name."""

    def __init__(self, vkey, witness=False):
        parts = vkey.strip().split("+", 2)
        if len(parts) != 3:
            raise Malformed("a verifier key is name+id+key")
        material = strict_base64(parts[2])
        kind = COSIGNATURE if witness else b"\x02"
        self.name, self.spki, self.witness = parts[0], material[len(kind):], witness
        self.id = hashlib.sha256(f"{self.name}\n".encode() + material if witness else self.spki).digest()[:4]
        if not material.startswith(kind) or self.id.hex() != parts[1]:
            raise Malformed("not the key of a log or a witness as asked for, or its id does not belong to it")
        self.public = load_der_public_key(self.spki)
        if not isinstance(self.public, ec.EllipticCurvePublicKey) or self.public.curve.name != "secp256r1":
            raise Malformed("the key is not on P-256")

    def named(self, name):
        """The same key under another name: a log keeps its key through a restore."""
        other = object.__new__(Key)
        other.__dict__.update(self.__dict__, name=name)
        return other

    def holds(self, text, signature):
        if self.witness:
            if len(signature) < 8 or not 0 <= (seconds := int.from_bytes(signature[:8], "big", signed=True)) <= LAST_SECOND:
                return False
            text, signature = f"cosignature/v1\ntime {seconds}\n{text}", signature[8:]
        try:
            self.public.verify(signature, text.encode(), ec.ECDSA(hashes.SHA256()))
            return True
        except InvalidSignature:
            return False


def epoch(origin):
    """A log's name and which restore of it this is: name/e2, name/e3; without a mark the first."""
    match = re.fullmatch("(.*)/e([2-9]|[1-9][0-9]{1,5})", origin)
    return (match[1], int(match[2])) if match else (origin, 1)


def checkpoint(note, key, witnesses):
    """What a signed note commits to; signatures by the key and by witnesses must hold, others are ignored."""
    if any(c < " " and c != "\n" for c in note) or "\n\n" not in note:
        raise Malformed("not a signed note")
    text, _, signatures = note.rpartition("\n\n")
    text += "\n"
    if not signatures.endswith("\n"):
        raise Malformed("the note's last line has no end")
    own, now = epoch(key.name), epoch(text.split("\n")[0])
    if own[0] == now[0] and now[1] < own[1]:
        key = key.named(text.split("\n")[0])
    signed, cosigned = False, set()
    for line in signatures[:-1].split("\n"):
        match = re.fullmatch("\u2014 ([^\\s+]+) ([A-Za-z0-9+/=]+)", line)
        if not match:
            raise Malformed("a signature line is not '— name base64'")
        value = strict_base64(match[2])
        if len(value) < 5:
            raise Malformed("a signature is too short")
        for known in [key, *witnesses]:
            if (match[1], value[:4]) == (known.name, known.id):
                if not known.holds(text, value[4:]):
                    raise Untrue(f"the signature of {known.name} does not hold")
                signed = signed or known is key
                if known is not key:
                    cosigned.add(known.name)
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
    return Signed(int(lines[1]), root, now[1], len(cosigned), lines[3:])


class Signed:
    def __init__(self, size, root, epoch, cosigned, extensions):
        self.size, self.root, self.epoch, self.cosigned, self.extensions = size, root, epoch, cosigned, extensions

    def opening(self):
        """Size and root of what a restore gave up, by whom and why; None when this checkpoint opens no epoch."""
        lines = [line.partition(" ") for line in self.extensions]
        given_up = [value.split(" ") for name, _, value in lines if name == "restored-from"]
        people = [value for name, _, value in lines if name == "approved-by"]
        reasons = [value for name, _, value in lines if name == "reason"]
        if not given_up or len(given_up[0]) != 3 or not re.fullmatch("0|[1-9][0-9]{0,18}", given_up[0][1]):
            return None
        if len({name.lower() for name in people}) < 2 or not all(text.strip() for text in [*people, *reasons[:1]]) or not reasons:
            return None
        try:
            root = strict_base64(given_up[0][2])
        except Malformed:
            return None
        return (int(given_up[0][1]), root, people, reasons[0]) if len(root) == 32 else None


class Verification:
    def __init__(self, folder, outside, key, witnesses=(), quorum=0):
        self.folder, self.outside, self.key, self.witnesses, self.quorum = folder, outside, key, witnesses, quorum
        self.unwitnessed, self.restores = None, []
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
            seen = "" if self.unwitnessed is None else f" unwitnessed={self.unwitnessed}"
            return f"ok events={self.events} checkpoints={len(self.signed)} unsigned={self.unsigned} waiting={self.waiting}{seen}"
        return f"bad position={self.flaws[0][0]} why={self.flaws[0][1]} flaws={len(self.flaws)}"

    def all(self):
        [identity] = self.table("installation")
        installation, service = identity["installation"], identity["service"]
        if epoch(self.key.name)[0] != f"clinic/{installation}/{service}":
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
        sizes, logged = {signed.size for signed in self.signed}, None
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
            for number, note in enumerate(notes(path), 1):
                where = f"checkpoint {number} of {os.path.basename(path)}"
                try:
                    self.signed.append(checkpoint(note, self.key, self.witnesses))
                    outside += path in self.outside
                except Untrue as e:
                    self.flaw(-1, "checkpoint-signature", f"{where}: {e}")
                except Malformed as e:
                    self.flaw(-1, "checkpoint-format", f"{where}: {e}")
        if not outside:
            self.flaw(-1, "no-checkpoint", "no good checkpoint from outside the database was given")

    def binding(self):
        """Checkpoints the log must agree with: of this epoch all, of earlier ones what the restores left."""
        binding = list(self.signed)
        for number in range(epoch(self.key.name)[1], 1, -1):
            opening = next(((s, s.opening()) for s in self.signed if s.epoch == number and s.opening()), None)
            if opening is None:
                self.flaw(-1, "epoch-broken", f"no checkpoint says why epoch {number} began")
                continue
            first, (size, root, people, reason) = opening
            self.restores.append(f"epoch {number}: {first.size} of {size} positions were left, approved by {' and '.join(people)}: {reason}")
            for earlier in [s for s in self.signed if s.epoch < number and s.size > first.size]:
                if earlier in binding:
                    binding.remove(earlier)
                if earlier.epoch == number - 1 and (earlier.size > size or (earlier.size == size and earlier.root != root)):
                    self.flaw(first.size, "epoch-broken", f"epoch {number} says that {size} positions were given up, and {earlier.size} had been signed")
        return binding

    def judge(self, roots, size):
        good, differs = 0, False
        binding = self.binding()
        for signed, root in sorted(((s.size, s.root) for s in binding), key=lambda s: s[0]):
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
        if self.witnesses:
            witnessed = max((s.size for s in binding if s.cosigned >= self.quorum and s.size <= good), default=-1)
            self.unwitnessed = size - witnessed
            if witnessed < 0:
                self.flaw(-1, "no-witness", f"no good checkpoint is cosigned by {self.quorum} of the witnesses given")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", metavar="DIR")
    parser.add_argument("--checkpoints", metavar="FILE", action="append", required=True)
    parser.add_argument("--key", metavar="FILE", required=True)
    parser.add_argument("--witness", metavar="FILE", action="append", default=[])
    parser.add_argument("--quorum", metavar="N", type=int, default=0)
    args = parser.parse_args()
    if not 0 <= args.quorum <= len(args.witness):
        parser.error(f"--quorum: 1 to {len(args.witness)}, the witnesses given")
    keys = []
    for path, witness in [(args.key, False), *((path, True) for path in args.witness)]:
        try:
            with open(path, encoding="utf-8") as file:
                keys.append(Key(file.read(), witness))
        except (OSError, Malformed, ValueError) as e:
            print(f"verify.py: {path}: {e}", file=sys.stderr)
            return 2
    key, *witnesses = keys
    verification = Verification(args.folder, args.checkpoints, key, witnesses, args.quorum or len(witnesses))
    verdict = verification.run()
    for _, why, detail in verification.flaws[:100]:
        print(f"{why}: {''.join(c if c.isprintable() else '?' for c in detail)}")
    for restore in verification.restores:
        print(f"restored: {''.join(c if c.isprintable() else '?' for c in restore)}")
    print(f"key {hashlib.sha256(key.spki).hexdigest()}")
    for witness in witnesses:
        print(f"witness {witness.name} {hashlib.sha256(witness.spki).hexdigest()}")
    print(verdict)
    return 1 if verification.flaws else 0


if __name__ == "__main__":
    sys.exit(main())
