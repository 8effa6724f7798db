"""Mails give subject, body and readable attachments; broken and hostile ones end in a message."""

from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from timing import takes_less

from incidex.errors import UnreadableSource
from incidex.ingest import read
from incidex.records import Document


def mail(content: bytes, tmp_path: Path) -> Document:
    (tmp_path / "a.eml").write_bytes(content)
    return read(tmp_path / "a.eml")


def message(**headers: str) -> EmailMessage:
    made = EmailMessage()
    for name, value in headers.items():
        made[name] = value
    return made


def test_an_alert(samples: Path) -> None:
    document = read(samples / "alert.eml")
    assert document.text == (
        "Foo Server – update now\n\n"
        "A weakness in Foo Server lets attackers run code of their own, and they\n"
        "use it already. José Sample of Lantern Labs found it in February and told\n"
        "the maker at once.\n\n"
        "The maker has released version 2.1.7, which closes it.\n\n"
        "The servers of three banks were found open to the attack."
    )
    assert (document.format, document.title, document.published_at, document.publisher, document.author) == (
        "email",
        "Foo Server – update now",
        "2021-03-05T09:15:00+01:00",
        "cert.example",
        "Example CERT (Jörg)",
    )
    assert document.language == "en"
    assert document.warnings == (
        "The attachment tools.zip was left out: tools.zip is a ZIP archive or an Office document "
        "other than .docx (.xlsx, .odt, .epub), which Incidex does not read.",
    )
    assert [(block.kind.value, block.origin) for block in document.blocks] == [
        ("title", ""),
        ("body", ""),
        ("body", ""),
        ("body", "attachment hosts.txt"),
    ]


def test_the_html_form_is_taken_where_it_has_text(tmp_path: Path) -> None:
    made = message(Subject="Two forms")
    made.set_content("The plain form.")
    made.add_alternative("<p>The form in HTML.</p>", subtype="html")
    assert mail(bytes(made), tmp_path).text == "Two forms\n\nThe form in HTML."
    empty = message(Subject="Two forms")
    empty.set_content("The plain form.")
    empty.add_alternative("<img src='a.png'>", subtype="html")
    assert mail(bytes(empty), tmp_path).text == "Two forms\n\nThe plain form.\n"


def test_attachments_know_where_they_stand(tmp_path: Path) -> None:
    inner = message(Subject="The first report", From="a@b.example")
    inner.set_content("The attackers copied the data.")
    made = message(Subject="Forwarded")
    made.set_content("See below.")
    made.add_attachment(inner)
    made.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="logo.png")
    made.add_attachment(b"%PDF-broken", maintype="application", subtype="pdf", filename="report.pdf")
    document = mail(bytes(made), tmp_path)
    places = [(block.origin, block.span.of(document.text)) for block in document.blocks]
    assert places == [
        ("", "Forwarded"),
        ("", "See below."),
        ("attachment without a name (message/rfc822)", "From: a@b.example"),
        ("attachment without a name (message/rfc822)", "The first report"),
        ("attachment without a name (message/rfc822)", "The attackers copied the data."),
    ]
    assert document.warnings == (
        "The attachment report.pdf was left out: report.pdf is a damaged PDF: it cannot be opened.",
    )


def test_pages_of_an_attached_pdf_are_named(tmp_path: Path, make_pdf) -> None:
    made = message(Subject="Report")
    made.add_attachment(make_pdf([[(72, 700, 11, "Text.")]]), maintype="application", subtype="pdf", filename="r.pdf")
    document = mail(bytes(made), tmp_path)
    assert [(block.origin, block.span.of(document.text)) for block in document.blocks] == [
        ("attachment r.pdf, page 1", "Text.")
    ]
    assert document.title == "Report"


@pytest.mark.parametrize(
    ("sender", "author", "publisher"),
    [
        ("Jane Roe <jane@news.example>", "Jane Roe", "news.example"),
        ('"Roe, Jane" <jane@news.example>', "Roe, Jane", "news.example"),
        ("jane@news.example", "jane@news.example", "news.example"),
        ("<jane@news.example>", "jane@news.example", "news.example"),
        ("Jane Roe", "Jane Roe", None),
        ("", None, None),
    ],
)
def test_the_sender(sender: str, author: str | None, publisher: str | None, tmp_path: Path) -> None:
    document = mail(f"From: {sender}\n\nText.".encode(), tmp_path)
    assert (document.author, document.publisher) == (author, publisher)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"Subject: x\n\n", id="no body"),
        pytest.param(b"Subject: x\nContent-Type: image/png\n\nabc", id="a picture"),
        pytest.param(b"Content-Type: multipart/mixed; boundary=x\n\n", id="no parts"),
        pytest.param(b"Content-Type: message/rfc822\n\n", id="nothing inside"),
        pytest.param(
            b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: a; boundary=y\n" * 2000, id="nested"
        ),
    ],
)
def test_mails_without_text_are_refused(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match=r"a\.eml"):
        mail(content, tmp_path)


@pytest.mark.parametrize(
    "header",
    [
        pytest.param(b"Subject: " + b"=?utf-8?q?a?= " * 100_000, id="encoded words"),
        pytest.param(b"From: " + b"(" * 1_000_000, id="brackets"),
        pytest.param(b"Date: " + b"1 May " * 100_000, id="dates"),
        pytest.param(b"Content-Type: text/plain; " + b"a*0=b;" * 20_000, id="parameters"),
        pytest.param(b"Content-Disposition: inline; filename*0*=" + b"%41" * 100_000, id="file name"),
    ],
)
def test_hostile_headers_take_seconds(header: bytes, tmp_path: Path) -> None:
    def read() -> None:
        assert "The attackers copied the data." in mail(header + b"\n\nThe attackers copied the data.\n", tmp_path).text

    assert takes_less(10, read)


TEXT = b"\r\nThe attackers copied 5,000 records.\r\n"
HEAD = b"From: Jane Roe <jane@news.example>\r\nSubject: Kestrel hit\r\nMIME-Version: 1.0\r\n"
UNDECODED = HEAD + b"Content-Type: text/plain; charset=undefined\r\n" + TEXT + b"\xff"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(HEAD.replace(b"Jane", b"=?utf\xe2\x82\xac-8?q?Jane?=") + TEXT, id="charset of the sender"),
        pytest.param(HEAD.replace(b"hit", b"=?\xe2\x82\xac?b?aGl0?=") + TEXT, id="charset of the subject"),
        pytest.param(HEAD.replace(b"hit", b"=?a\0b?q?hit?=") + TEXT, id="a NUL in the charset"),
        pytest.param(HEAD.replace(b"hit", b"=?undefined?q?hit?=") + TEXT, id="a charset that decodes nothing"),
        pytest.param(HEAD + b"Content-Type: text/plain; name*" + b"9" * 5_000 + b"=x\r\n" + TEXT, id="huge number"),
        pytest.param(
            HEAD + b"Content-Type: multipart/mixed; boundary*=undefined''b\r\n\r\n--b\r\n" + TEXT, id="boundary"
        ),
        pytest.param(HEAD + b"Content-Type: text/plain; charset*=a%00b''utf-8\r\n" + TEXT, id="charset with a NUL"),
        pytest.param(UNDECODED, id="charset of the body"),
        pytest.param(HEAD + b"Content-Type: message/rfc822\r\n\r\n" + UNDECODED, id="charset of what it forwards"),
        pytest.param(
            HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + TEXT + b"\r\n--b\r\n"
            b"Content-Disposition: attachment; filename*=undefined''b\r\n" + TEXT,
            id="file name",
        ),
    ],
)
def test_a_mail_with_a_broken_header_is_read(content: bytes, tmp_path: Path) -> None:
    document = mail(content, tmp_path)
    assert "The attackers copied 5,000 records." in document.text
    assert document.title
    assert document.title.startswith("Kestrel")
    assert document.publisher == "news.example"


def test_a_broken_header_stays_as_it_stands(tmp_path: Path) -> None:
    assert mail(b"Subject: =?undefined?q?hit?=\n\nText.", tmp_path).title == "=?undefined?q?hit?="


def inside(head: bytes, times: int) -> bytes:
    return HEAD + b"".join(head.replace(b"#", b"%d" % number) for number in range(times)) + TEXT


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(b"Content-Type: multipart/mixed; boundary=b#\r\n\r\n--b#\r\n", id="boundary"),
        pytest.param(b"Content-Type: multipart/mixed; boundary*0=b#\r\n\r\n--b#\r\n", id="boundary in pieces"),
        pytest.param(b"Content-Type: multipart/mixed; boundary*0*=''b#\r\n\r\n--b#\r\n", id="encoded boundary"),
        pytest.param(b"Content-Type: multipart/mixed;\r\n boundary\r\n =b#\r\n\r\n--b#\r\n", id="folded"),
        pytest.param(b"Content-Type: multipart/digest;boundary*=''b#\r\n\r\n--b#\r\n\r\n", id="digests"),
        pytest.param(b"Content-Type: message/rfc822\r\n\r\n", id="forwarded"),
        pytest.param(b"X: y\rContent-Type: message/rfc822\r\r", id="lines that end with CR"),
    ],
)
def test_parts_inside_each_other_are_counted(head: bytes, tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="a.eml has more than 50 parts inside each other"):
        mail(inside(head, 3_000), tmp_path)
    assert mail(inside(head, 1), tmp_path).title == "Kestrel hit"


def with_attachments(number: int) -> bytes:
    part = b"--b\r\nContent-Disposition: attachment; filename=a\r\n" + TEXT
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + part * number + b"--b--\r\n"


def test_far_more_parts_than_anybody_sends_are_refused(tmp_path: Path) -> None:
    assert mail(with_attachments(900), tmp_path).text.count("5,000 records") == 900
    with pytest.raises(UnreadableSource, match="more than 1,000 parts"):
        mail(with_attachments(20_000), tmp_path)
    tree = b"Content-Type: multipart/mixed; boundary=c\r\n\r\n" + b"--c\r\n" + TEXT
    with pytest.raises(UnreadableSource, match="more than 1,000 parts"):
        mail(HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + (b"--b\r\n" + tree) * 600, tmp_path)


PIECES = [
    *(
        b"Subject: ",
        b"From: ",
        b"Date: Fri, 5 Mar 2021",
        b"Content-Type: ",
        b"multipart/mixed; boundary=b",
        b"text/html",
    ),
    *(
        b"; charset=",
        b"utf-8",
        b"=?x?q?=ff?=",
        b"\n",
        b"\n\n",
        b"--b\n",
        b"--b--",
        b" ",
        b"message/rfc822",
        b"\xff",
        b"\0",
    ),
    *(
        b"Content-Transfer-Encoding: ",
        b"base64",
        b"quoted-printable",
        b"=",
        b"Text. ",
        b"Content-Disposition: attachment",
    ),
    *(b"; filename*=", b"utf-8''%ff", b'"', b"(", b"<p>", b"message/delivery-status", b"application/pdf"),
]


@pytest.mark.slow
@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map(b"".join))
@example(b"Content-Type: text/plain; charset*=x''%00\n\nText.")
@example(b"Content-Transfer-Encoding: uuencode\n\nbegin\nText.")
def test_any_mail_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    try:
        document = mail(content, tmp_path_factory.getbasetemp())
    except UnreadableSource:
        return
    assert all(block.span.of(document.text).strip() for block in document.blocks)
    f"{document.title}{document.author}{document.text}".encode()
