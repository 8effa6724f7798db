"""Mailboxes: mbox files, Maildir folders, IMAP servers; each message once, nothing changed in them."""

import mailbox as standard
from pathlib import Path
from typing import Any

import pytest
from imap_server import Mailbox, serving

from incidex.errors import FetchError, InputError
from incidex.store import Store
from incidex.store.feeds import FeedState
from incidex.watch.mail import PASSWORD, poll_imap
from incidex.watch.places import Kind, place_of


def mail(n: int, text: str = "Thieves stole the files of its customers, Acme said.") -> bytes:
    return (
        f"From: Wire <news@wire.example>\nSubject: Robbery {n}\nDate: Tue, 10 Mar 2026 08:30:00 +0000\n"
        f"Message-ID: <same@wire.example>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
        f"{text} It was robbery {n}.\n"
    ).encode()


def titles(store: Store) -> list[str]:
    return sorted(str(document.title) for document in store.documents(store.document_ids()))


def test_an_mbox_brings_its_messages_once(look: Any, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "news.mbox"
    box = standard.mbox(path)
    box.add(mail(1, "From the harbour: thieves stole files.\n\nFrom here on all is quiet, Acme said."))
    box.add(mail(2))
    box.close()
    look(path)
    assert look.outcomes == ["added", "added"]
    look(path)
    assert look.outcomes == []
    box = standard.mbox(path)
    box.add(mail(3))
    box.close()
    look(path)
    assert look.outcomes == ["added"]
    assert titles(store) == ["Robbery 1", "Robbery 2", "Robbery 3"]
    first = store.documents(store.document_ids())[0]
    assert "From here on all is quiet" in first.text
    assert ">From" not in first.text
    assert first.source.startswith(f"{path}#item-")
    assert (first.publisher, (first.published_at or "")[:10]) == ("wire.example", "2026-03-10")


def test_a_maildir_brings_its_messages_once_wherever_they_move(look: Any, store: Store, tmp_path: Path) -> None:
    box = standard.Maildir(tmp_path / "mail")
    box.add(mail(1))
    key = box.add(mail(2))
    assert place_of(str(tmp_path / "mail")).kind is Kind.MAILDIR
    look(tmp_path / "mail")
    assert sorted(look.outcomes) == ["added", "added"]
    message = box[key]
    message.set_subdir("cur")
    message.set_flags("S")
    box[key] = message
    look(tmp_path / "mail")
    assert look.outcomes == []
    assert titles(store) == ["Robbery 1", "Robbery 2"]


@pytest.fixture
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSWORD, "sesame")


def test_an_imap_folder_brings_what_is_new_and_stays_as_it_is(look: Any, store: Store, password: None) -> None:
    box = Mailbox()
    box.messages = {4: mail(4), 9: mail(9)}
    with serving(box) as port:
        address = f"imap://jane@127.0.0.1:{port}/Reports"
        look(address)
        assert look.outcomes == ["added", "added"]
        box.messages[12] = mail(12)
        box.commands.clear()
        look(address)
        assert look.outcomes == ["added"]
        assert [one for one in box.commands if "PEEK" in one] == ["UID FETCH 12 (BODY.PEEK[])"]
        look(address)
        assert look.outcomes == []
        # The server numbers its messages anew: they are known by what they say.
        box.validity, box.messages = 8, {1: mail(4), 2: mail(12), 3: mail(13)}
        look(address)
        assert look.outcomes == ["added"]
    assert titles(store) == ["Robbery 12", "Robbery 13", "Robbery 4", "Robbery 9"]
    assert 'EXAMINE "Reports"' in box.commands
    assert not any(command.startswith(("SELECT", "UID STORE")) for command in box.commands)
    assert not any("sesame" in state.address for state in store.feeds.states())


def test_a_wrong_password_is_said(look: Any, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSWORD, "wrong")
    with serving(Mailbox()) as port:
        assert look(f"imap://jane@127.0.0.1:{port}/") == 1
    (state,) = store.feeds.states()
    assert "cannot be read: wrong password" in state.error
    assert "wrong," not in state.error


def test_private_addresses_have_to_be_allowed(reader: Any) -> None:
    with pytest.raises(FetchError, match="is not a public address"):
        poll_imap(FeedState("imaps://jane@127.0.0.1/"), reader, allow_private=False)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("imaps://jane:secret@mail.example/INBOX", "must not contain a password"),
        ("ftp://mail.example/", "cannot be watched"),
        ("https://", "cannot be watched"),
        ("/no/such/place", "does not exist"),
    ],
)
def test_what_cannot_be_watched_is_said(source: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason) as raised:
        place_of(source)
    assert "secret" not in str(raised.value)


def test_a_report_is_not_watched(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text("Thieves stole it.", "utf-8")
    with pytest.raises(InputError, match="is not a feed"):
        place_of(str(file))
