"""A clinic system's side of the wire: commands over AMQP and HTTP, events and answers from the bus.

A model for integrators: plain AMQP 0-9-1 and plain HTTP, nothing of the services' own libraries.
Needs Python 3.11, pika and cryptography (Debian: python3-pika, python3-cryptography).
"""
from __future__ import annotations

import base64
import hashlib
import json
import os
import ssl
import time
import uuid
from dataclasses import dataclass, field
from typing import Any, Callable, Mapping, Optional, TypeVar
from urllib import error, parse, request

import pika
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.concatkdf import ConcatKDFHash
from pika.exceptions import AMQPError, UnroutableError

PATIENCE = 10.0  # seconds; everything here is asynchronous, and nothing may take longer
COMMANDS, EVENTS = "clinic.commands", "clinic.events"
T = TypeVar("T")


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class PackageKey:
    """The key that packages for a recipient are encrypted to: JWE with ECDH-ES on P-256 and A256GCM."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())

    @property
    def jwk(self) -> str:
        point = self._key.public_key().public_numbers()
        x, y = (base64.urlsafe_b64encode(n.to_bytes(32, "big")).rstrip(b"=").decode() for n in (point.x, point.y))
        return json.dumps({"kty": "EC", "crv": "P-256", "x": x, "y": y})

    def open(self, jwe: str) -> bytes:
        header, _, nonce, cipher, tag = jwe.split(".")
        h = json.loads(unb64(header))
        x, y = (int.from_bytes(unb64(h["epk"][name]), "big") for name in "xy")
        other = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
        info = b"".join(len(part).to_bytes(4, "big") + part for part in (b"A256GCM", unb64(h["apu"]), unb64(h["apv"])))
        key = ConcatKDFHash(hashes.SHA256(), 32, info + (256).to_bytes(4, "big")).derive(self._key.exchange(ec.ECDH(), other))
        return AESGCM(key).decrypt(unb64(nonce), unb64(cipher) + unb64(tag), header.encode())


class Mismatch(Exception):
    """What was expected did not come."""

    def __init__(self, expected: str, came: str):
        super().__init__(f"expected {expected}; came {came}")
        self.expected, self.came = expected, came


class Refused(Exception):
    """A command or query was refused; the same members over both doors."""

    def __init__(self, code: str, field: Optional[str], reason: str, kind: str):
        super().__init__(f"{code}{f' ({field})' if field else ''}: {reason}")
        self.code, self.field = code, field
        self.kind = kind  # of the answer: its message type, or its status and content type


@dataclass(frozen=True)
class Message:
    """An event or an answer as it came from the bus."""

    type: str
    body: dict[str, Any]
    headers: Mapping[str, str]
    correlation_id: Optional[str]
    text: str = field(repr=False)


def trust() -> Optional[ssl.SSLContext]:
    """Trusts the installation's own authority, ca.pem, and nobody else; None where there is no TLS."""
    authority = os.environ.get("CLINIC_CA")
    return ssl.create_default_context(cafile=authority) if authority else None


def wait_for(probe: Callable[[], Optional[T]], expected: str, came: Callable[[], object], patience: float = PATIENCE) -> T:
    """Asks again until there is a result; bounded, because a message that never comes must not hang the clinic."""
    end, pause = time.monotonic() + patience, 0.02
    while True:
        result = probe()
        if result is not None:
            return result
        if time.monotonic() >= end:
            raise Mismatch(f"{expected} within {patience:g} s", str(came()))
        time.sleep(pause)
        pause = min(pause * 1.5, 0.25)


class Bus:
    """One bus user. The first part of the user's name is the tenant, the rest the system: north.ehr."""

    def __init__(self, url: str, session: str, listen: bool = False):
        parameters = pika.URLParameters(url)
        if context := trust():
            # the name in the certificate must be the one we called
            parameters.ssl_options = pika.SSLOptions(context, parameters.host)
        self.user = parameters.credentials.username
        self.tenant = self.user.split(".")[0]
        self.events: list[Message] = []
        self.answers: dict[str, Message] = {}
        self._connection = pika.BlockingConnection(parameters)
        self._channel = self._connection.channel()
        # without confirms a command that the broker refuses is lost in silence
        self._channel.confirm_delivery()
        self._reply_to = self._own_queue(f"reply.{self.user}.{session}", self._on_answer)
        if listen:
            queue = self._own_queue(f"events.{self.user}.{session}", self._on_event)
            self._channel.queue_bind(queue, EVENTS, f"{self.tenant}.#")

    def command(self, contract: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Sends a command and returns its answer.

        Sent again with the same message id it would have no second effect and get the same answer.
        """
        message_id = str(uuid.uuid4())
        properties = pika.BasicProperties(
            message_id=message_id,  # recognises a repeat
            user_id=self.user,  # the broker checks it, so the receiver may believe it
            reply_to=self._reply_to,
            content_type="application/json",
            delivery_mode=2)
        try:
            # mandatory: a command that nobody takes comes back instead of vanishing
            self._channel.basic_publish(COMMANDS, contract, json.dumps(body).encode(), properties, mandatory=True)
        except UnroutableError:
            raise Mismatch(f"a service that takes {contract} over AMQP", "the command back: no queue is bound for it") from None
        answer = wait_for(lambda: self._received(lambda: self.answers.get(message_id)),
                          f"an answer to {contract} on {self._reply_to}", lambda: "nothing")
        if answer.type != "command.accepted.v1":
            raise Refused(answer.body["code"], answer.body.get("field"), answer.body["reason"], answer.type)
        return answer.body

    def expect(self, event: str, **members: Any) -> Message:
        """The first event of that type whose body has these members."""
        def matches(message: Message) -> bool:
            return message.type == event and all(message.body.get(name) == value for name, value in members.items())

        def seen() -> str:
            same = [m.body for m in self.events if m.type == event]
            return f"others: {same[-2:]}" if same else f"none; last seen {[m.type for m in self.events[-5:]]}"

        return wait_for(lambda: self._received(lambda: next(filter(matches, self.events), None)),
                        f"{event} with {members}", seen)

    def close(self) -> None:
        try:
            self._connection.close()
        except AMQPError:
            pass  # it is gone, which is what we want

    def _own_queue(self, name: str, callback: Callable[..., None]) -> str:
        # exclusive: only we read it, and it goes when we go
        self._channel.queue_declare(name, exclusive=True)
        self._channel.basic_consume(name, callback, auto_ack=True)
        return name

    def _received(self, probe: Callable[[], Optional[T]]) -> Optional[T]:
        self._connection.process_data_events(time_limit=0.05)
        return probe()

    def _on_answer(self, _channel: Any, _method: Any, properties: pika.BasicProperties, body: bytes) -> None:
        message = self._read(properties, body)
        self.answers[message.correlation_id or ""] = message

    def _on_event(self, _channel: Any, _method: Any, properties: pika.BasicProperties, body: bytes) -> None:
        self.events.append(self._read(properties, body))

    @staticmethod
    def _read(properties: pika.BasicProperties, body: bytes) -> Message:
        # CloudEvents, binary mode: the attributes are headers, the body is the data
        headers = {name.removeprefix("cloudEvents_"): str(value) for name, value in (properties.headers or {}).items()}
        text = body.decode()
        return Message(headers.get("type", properties.type), json.loads(text), headers, properties.correlation_id, text)


class Http:
    """The services over HTTP. A contract's first word says which service it is for."""

    def __init__(self, urls: Mapping[str, str], token: Callable[[str], str]):
        self._urls, self._token = urls, token

    def command(self, contract: str, body: Mapping[str, Any], who: str, purpose: str) -> dict[str, Any]:
        """The same JSON as over AMQP. The key makes a repeat harmless, as the message id does there."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4()), "Purpose-Of-Use": purpose}
        text, _ = self._call(contract.split(".")[0], "POST", f"/commands/{contract}", who, json.dumps(body).encode(), headers)
        return json.loads(text)

    def query(self, service: str, path: str, who: str, purpose: str = "TREAT", receipt: Optional[str] = None,
              **parameters: str) -> Any:
        """Reads a view and says what for. With a command's receipt the answer is no older than that command."""
        headers = {"Purpose-Of-Use": purpose, **({"Receipt": receipt} if receipt else {})}
        if parameters:
            path += "?" + parse.urlencode(parameters)
        return json.loads(self._call(service, "GET", path, who, None, headers)[0])

    def release(self, disclosure_id: str, who: str, key: PackageKey) -> tuple[bytes, str]:
        """Fetches a permitted disclosure and opens it: its bytes, and their hash, which proves that they could be opened."""
        content, headers = self._call("consent", "POST", f"/disclosures/{disclosure_id}/release", who, b"",
                                      {"Purpose-Of-Use": "TREAT"})
        if headers.get_content_type() != "application/jose":
            raise Mismatch("an encrypted package", str(headers.get("Content-Type")))
        plain = key.open(content.decode())
        return plain, hashlib.sha256(plain).hexdigest()

    def _call(self, service: str, method: str, path: str, who: str, body: Optional[bytes],
              headers: Mapping[str, str]) -> tuple[bytes, Mapping[str, str]]:
        call = request.Request(self._urls[service] + path, body, dict(headers), method=method)
        call.add_header("Authorization", f"Bearer {self._token(who)}")
        try:
            with request.urlopen(call, timeout=PATIENCE, context=trust()) as answer:
                return answer.read(), answer.headers
        except error.HTTPError as refusal:
            raise self._refused(f"{method} {path}", refusal) from None
        except OSError as failure:  # refused connections and timeouts
            raise Mismatch(f"an answer from {service}", f"{getattr(failure, 'reason', failure)}") from None

    @staticmethod
    def _refused(what: str, refusal: error.HTTPError) -> Exception:
        kind, text = refusal.headers.get("Content-Type", "").split(";")[0], refusal.read().decode(errors="replace")
        if kind != "application/problem+json":
            return Mismatch(f"problem+json from {what}", f"{refusal.code} {kind} {text[:200]}")
        problem = json.loads(text)
        code = problem.get("code", str(refusal.code))
        return Refused(code, problem.get("field"), problem.get("detail") or problem.get("title", ""), f"{refusal.code} {kind}")
