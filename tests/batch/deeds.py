"""What a child does in the tests in place of an analysis: what the text of the document says."""

import json
import os
import time

from msgspec.msgpack import decode

from incidex.batch.answer import Request
from incidex.errors import UnreadableSource


def obey(request: bytes) -> bytes:
    """Return a line with the text of a document, unless it says to do something else."""
    item = decode(request, type=Request).item
    text = json.loads(item.content)["text"] if item.is_record else item.content.decode()
    word, _, number = text.partition(" ")
    if word == "abort":
        os.abort()
    if word == "hang":
        time.sleep(60)
    if word == "spin":
        while True:
            pass
    if word == "fill":
        return bytes(10_000_000_000)
    if word == "fail":
        raise KeyError("missing")
    if word == "refuse":
        raise UnreadableSource(f"{item.place} is no report.\nLook elsewhere.")
    if word == "slow":
        time.sleep(float(number))
    return json.dumps({"text": text}).encode() + b"\n"
