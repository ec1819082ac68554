"""Recomputes every vector of event-hash.v1.json from its inputs: event_hash.py FILE. Standard library only."""

import hashlib
import hmac
import json
import sys


def canonical(value):
    """RFC 8785, narrowed to integers: members by UTF-16 code units, no spaces, the shortest escapes."""
    if isinstance(value, dict):
        members = sorted(value.items(), key=lambda member: member[0].encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(name)}:{canonical(item)}" for name, item in members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, float):
        raise ValueError("only integers")
    return json.dumps(value, ensure_ascii=False)


def check(vector, key):
    headers = vector["headersText"]
    event = dict(vector["event"], v=1, data=json.loads(vector["dataText"]))
    event["headers"] = None if headers is None else json.loads(headers)
    text = canonical(event)
    digest = hashlib.sha256(text.encode()).digest()
    mac = hmac.new(key, digest, hashlib.sha256).hexdigest()
    return (text, digest.hex(), mac) == (vector["canonical"], vector["sha256"], vector["hmac"])


golden = json.load(open(sys.argv[1], encoding="utf-8"))
wrong = [v["name"] for v in golden["vectors"] if not check(v, bytes.fromhex(golden["macKey"]))]
print(f"differs: {', '.join(wrong)}" if wrong else f"{len(golden['vectors'])} vectors agree")
sys.exit(1 if wrong else 0)
