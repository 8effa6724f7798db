"""A tiny IMAP server on the loopback address, for tests: one folder, read only, with the commands that are needed."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Mailbox:
    """
    What the server has.

    Attributes:
        messages: The messages by UID.
        validity: The UIDVALIDITY of the folder.
        commands: What clients sent, without tags.
    """

    def __init__(self) -> None:
        self.messages: dict[int, bytes] = {}
        self.validity = 7
        self.commands: list[str] = []


@contextmanager
def serving(mailbox: Mailbox) -> Iterator[int]:
    """Serve `mailbox` and return the port."""
    handler = type("Handler", (_Handler,), {"mailbox": mailbox})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


class _Handler(socketserver.StreamRequestHandler):
    mailbox: Mailbox

    def handle(self) -> None:
        self.wfile.write(b"* OK ready\r\n")
        for line in self.rfile:
            tag, _, rest = line.decode().strip().partition(" ")
            self.mailbox.commands.append(rest)
            self._answer(tag, rest)

    def _answer(self, tag: str, command: str) -> None:
        box, lines, end = self.mailbox, b"", "OK done"
        if command.startswith("CAPABILITY"):
            lines = b"* CAPABILITY IMAP4rev1\r\n"
        elif command.startswith("LOGIN") and "sesame" not in command:
            end = "NO wrong password"
        elif command.startswith("EXAMINE"):
            lines = f"* {len(box.messages)} EXISTS\r\n* OK [UIDVALIDITY {box.validity}] ok\r\n".encode()
        elif match := re.match(r"UID SEARCH UID (\d+):\*", command):
            found = [n for n in box.messages if n >= int(match[1])] or list(box.messages)[-1:]
            lines = f"* SEARCH {' '.join(map(str, found))}\r\n".encode()
        elif match := re.match(r"UID FETCH (\d+) \(RFC822.SIZE\)", command):
            size = len(box.messages[int(match[1])])
            lines = f"* 1 FETCH (UID {match[1]} RFC822.SIZE {size})\r\n".encode()
        elif match := re.match(r"UID FETCH (\d+) \(BODY.PEEK\[\]\)", command):
            body = box.messages[int(match[1])]
            lines = f"* 1 FETCH (UID {match[1]} BODY[] {{{len(body)}}}\r\n".encode() + body + b")\r\n"
        elif not command.startswith("LOGIN"):
            end = "BAD not known"
        self.wfile.write(lines + f"{tag} {end}\r\n".encode())
