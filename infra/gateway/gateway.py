"""A notification gateway for development: it "sends" by writing files, and answers as a real one would.

A model for integrators: plain AMQP 0-9-1, nothing of the services' own libraries. A real gateway puts its provider and its
address book where this one writes a file. Needs Python 3.11 and pika (Debian: python3-pika).

    AMQP_URL=amqps://north.gateway:…@broker:5671/%2F [CLINIC_CA=ca.pem] gateway.py FOLDER

FOLDER/waiting holds what was asked for and not yet sent, FOLDER/sent what was sent and not yet answered, FOLDER/done the rest.
A notification is one file, named by its id, that moves from one to the next: an id is sent once, and a crash anywhere repeats
no sending. The queue is durable, so nothing that is asked for while the gateway is away is lost.
"""
from __future__ import annotations

import json
import os
import ssl
import sys
import time
from datetime import datetime, timezone
from pathlib import Path

import pika

EVENTS, COMMANDS = "clinic.events", "clinic.commands"
HOLD = float(os.environ.get("GATEWAY_HOLD_SECONDS", "2"))  # a cancellation this close behind still finds it unsent
TEMPLATES = json.loads((Path(__file__).parent / "templates.json").read_text())


class Gateway:
    def __init__(self, url: str, folder: Path):
        parameters = pika.URLParameters(url)
        if authority := os.environ.get("CLINIC_CA"):
            # the name in the certificate must be the one we called
            parameters.ssl_options = pika.SSLOptions(ssl.create_default_context(cafile=authority), parameters.host)
        self.user = parameters.credentials.username
        self.waiting, self.sent, self.done = (folder / name for name in ("waiting", "sent", "done"))
        for place in (self.waiting, self.sent, self.done):
            place.mkdir(parents=True, exist_ok=True)
        self.connection = pika.BlockingConnection(parameters)
        self.channel = self.connection.channel()
        self.channel.confirm_delivery()
        queue, self.reply_to = f"events.{self.user}.gateway", f"reply.{self.user}.gateway"
        durable = {"durable": True, "arguments": {"x-queue-type": "quorum"}}
        self.channel.queue_declare(queue, **durable)
        self.channel.queue_declare(self.reply_to, **durable)
        tenant = self.user.split(".")[0]
        for event in ("notification-requested", "notification-cancelled"):
            # whichever service asks
            self.channel.queue_bind(queue, EVENTS, f"{tenant}.*.{event}")
        self.channel.basic_qos(prefetch_count=20)
        self.channel.basic_consume(queue, self.on_event)
        self.channel.basic_consume(self.reply_to, self.on_answer)

    def run(self) -> None:
        print(f"gateway: {self.user} listens", flush=True)
        while True:
            self.connection.process_data_events(time_limit=0.2)
            for file in sorted(self.waiting.glob("*.json")):
                if time.time() - file.stat().st_mtime >= HOLD:
                    self.send(file)
            for file in sorted(self.sent.glob("*.json")):
                self.answer(file)

    def on_event(self, channel, method, properties, body: bytes) -> None:
        kind = str((properties.headers or {}).get("cloudEvents_type", ""))
        event = json.loads(body)
        name = event["notificationId"] + ".json"
        if kind == "notification.cancelled.v1":
            file = self.waiting / name
            if file.exists():
                self.move(file, self.done, {**json.loads(file.read_text()), "outcome": "cancelled"})
        elif not any((place / name).exists() for place in (self.waiting, self.sent, self.done)):
            # written before it is acknowledged: from here on it is ours
            self.write(self.waiting / name, event)
        channel.basic_ack(method.delivery_tag)

    def send(self, file: Path) -> None:
        if (self.sent / file.name).exists() or (self.done / file.name).exists():
            file.unlink()  # sent before a crash
            return
        event = json.loads(file.read_text())
        expired = datetime.fromisoformat(event["notAfter"]) <= datetime.now(timezone.utc)
        words = self.words(event)
        outcome = "expired" if expired else "sent" if words else "refused"
        # a real gateway calls its provider here, with its own id of the notification, so that the provider sends it once, too
        self.move(file, self.sent, {**event, "outcome": outcome, "text": words, "at": datetime.now(timezone.utc).isoformat()})

    def answer(self, file: Path) -> None:
        event = json.loads(file.read_text())
        body = {"notificationId": event["notificationId"], "channel": event["channel"]}
        if event["outcome"] == "sent":
            contract, body = "feedback.report-notification-delivered.v1", {**body, "deliveredAt": event["at"]}
        else:
            contract, body = "feedback.report-notification-failed.v1", {**body, "reasonCode": event["outcome"]}
        properties = pika.BasicProperties(
            message_id=f"{event['notificationId']}-{event['outcome']}",  # recognises a repeat after a crash
            user_id=self.user, reply_to=self.reply_to, content_type="application/json", delivery_mode=2)
        # mandatory and confirmed: an answer that nobody takes raises here, and is given again after a restart
        self.channel.basic_publish(COMMANDS, contract, json.dumps(body).encode(), properties, mandatory=True)
        self.move(file, self.done, event)

    def on_answer(self, channel, method, properties, body: bytes) -> None:
        if properties.type != "command.accepted.v1":
            print(f"gateway: {properties.correlation_id} was refused: {json.loads(body).get('code')}", file=sys.stderr, flush=True)
        channel.basic_ack(method.delivery_tag)

    @staticmethod
    def words(event: dict) -> str | None:
        """Neutral words in the client's language, in English where there are none; None for a template that is not known."""
        if event["template"] == "crisis-information":
            numbers = TEMPLATES["crisis-information"]
            return numbers.get(event.get("argument", "ZZ"), numbers["ZZ"])
        language = event["language"].split("-")[0]
        words = TEMPLATES.get(language, {}).get(event["template"]) or TEMPLATES["en"].get(event["template"])
        return words.format(argument=event.get("argument", "")) if words else None

    @staticmethod
    def write(file: Path, event: dict) -> None:
        part = file.with_suffix(".part")
        part.write_text(json.dumps(event, ensure_ascii=False, indent=1))
        part.replace(file)

    def move(self, file: Path, to: Path, event: dict) -> None:
        self.write(to / file.name, event)
        file.unlink()


if __name__ == "__main__":
    try:
        Gateway(os.environ["AMQP_URL"], Path(sys.argv[1])).run()
    except KeyboardInterrupt:
        pass
