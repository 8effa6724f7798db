"""
Makes a folder of hostile files, of every kind that has ever hurt a reader, with good reports among them.

Each file is made from its number, so the same call makes the same folder. For Linux and macOS.
`benchmarks/hostile_folder.py` uses it.
"""

import gzip
import os
import random
import zipfile
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path

# Each makes the file at a path, from random numbers of its own.
Maker = Callable[[Path, random.Random], object]

_BODY = (
    "Kestrel Ferries said on Tuesday that thieves stole the names of {n} passengers.",
    "The attackers ask for a ransom of {n} crowns, and the line says that it will not pay.",
    "A flaw in its booking site, CVE-2024-{n}, was fixed on Friday.",
)
_DEEPEST = 30_000


def _good_text(path: Path, chance: random.Random) -> None:
    path.write_text("\n\n".join(_report(chance)), "utf-8")


def _good_page(path: Path, chance: random.Random) -> None:
    title, *body = _report(chance)
    paragraphs = "".join(f"<p>{line}</p>" for line in body)
    path.write_text(f"<!doctype html><html><title>{title}</title><body><h1>{title}</h1>{paragraphs}</body></html>")


def _good_mail(path: Path, chance: random.Random) -> None:
    title, *body = _report(chance)
    path.write_bytes(_mail("Content-Type: text/plain; charset=utf-8", "\n\n".join(body), subject=title))


def _good_pdf(path: Path, chance: random.Random) -> None:
    path.write_bytes(_pdf(_printed(_report(chance))))


def _good_word(path: Path, chance: random.Random) -> None:
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in _report(chance))
    path.write_bytes(_word(f"<w:body>{body}</w:body>"))


def _drawing_itself(path: Path, chance: random.Random) -> None:
    """Write a PDF with a form that draws itself several times."""
    form = b"/F0 Do " * chance.randint(2, 5)
    shape = b"<< /Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /XObject << /F0 6 0 R >> >>"
    extra = shape + b" /Length %d >>\nstream\n%s\nendstream" % (len(form), form)
    path.write_bytes(_pdf(form, more=[extra], resources=b"/XObject << /F0 6 0 R >>"))


def _packed_pdf(path: Path, chance: random.Random) -> None:
    """Write a PDF whose page has some hundred megabytes, packed."""
    line = b"(Thieves stole data.) Tj T* "
    content = b"BT /F1 11 Tf 60 740 Td " + line * chance.randint(8_000_000, 12_000_000)
    path.write_bytes(_pdf(zlib.compress(content, 1), filter=b"/Filter /FlateDecode"))


def _broken_pdf(path: Path, chance: random.Random) -> None:
    path.write_bytes(_mutated(_pdf(_printed(_report(chance))), chance))


def _small_tables(path: Path, chance: random.Random) -> None:
    """Write a page of many tables, which takes its extraction time by the square of their number."""
    table = "<table><tr><td>a b c d</td></tr></table>"
    path.write_text("<!doctype html><html><body>" + table * chance.randint(8_000, 16_000))


def _deep_page(path: Path, chance: random.Random) -> None:
    path.write_text("<!doctype html><html><body>" + f"<{chance.choice(['div', 'b', 'table'])}>" * _DEEPEST + "Hacked.")


def _odd_page(path: Path, chance: random.Random) -> None:
    """Write a page with many attributes, references to surrogates, or a title that is broken."""
    many = " ".join(f"a{number}=1" for number in range(20_000))
    choices = (
        f"<div {many}>Thieves stole data.</div>",
        "<title>&#xD800;&#x110000;&#0;\x9b31m</title><p>Thieves stole the data of the ferry line.</p>",
        "<p>x</p>" * 120_000,
        "<script>" + "a" * 100_000,
        '<meta charset="utf-7"><meta charset="hex"><p>+ADw-script+AD4- Thieves stole data.</p>',
    )
    path.write_bytes(f"<!doctype html><html>{chance.choice(choices)}".encode("utf-8", "surrogatepass"))


def _broken_page(path: Path, chance: random.Random) -> None:
    _good_page(path, chance)
    path.write_bytes(_mutated(path.read_bytes(), chance))


def _nested_mail(path: Path, chance: random.Random) -> None:
    """Write a mail of parts inside each other, whose boundaries are written in one of the ways that hide them."""
    form = chance.choice(["boundary=b%d", "boundary*=b%d", "boundary*0=b%d", "\r\n boundary\t=b%d"])
    head = f"Content-Type: multipart/{chance.choice(['mixed', 'digest'])}; {form}\r\n\r\n--b%d\r\n"
    path.write_bytes(_mail("", "").rstrip() + b"\r\n" + "".join(head % (i, i) for i in range(3000)).encode())


def _odd_mail(path: Path, chance: random.Random) -> None:
    """Write a mail with an encoding that does not exist, in its head or for its body."""
    charset = chance.choice(["utf\xff-8", "hex", "rot13", "undefined", "zlib", "\x00", "x" * 3000, "idna"])
    subject = f"=?{charset}?{chance.choice('qb')}?{chance.choice(['=41', '====', 'QQ'])}?="
    kind = f'Content-Type: text/plain; charset="{charset}"'
    path.write_bytes(_mail(kind, "Thieves stole the names of passengers.", subject=subject))


def _many_attachments(path: Path, chance: random.Random) -> None:
    part = "--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nHacked.\r\n"
    path.write_bytes(_mail("Content-Type: multipart/mixed; boundary=b", part * chance.randint(50, 10_000)))


def _broken_mail(path: Path, chance: random.Random) -> None:
    _good_mail(path, chance)
    path.write_bytes(_mutated(path.read_bytes(), chance))


def _packed_word(path: Path, chance: random.Random) -> None:
    """Write a Word file with millions of empty paragraphs, packed."""
    path.write_bytes(_word("<w:body>" + "<w:p/>" * chance.randint(1_000_000, 8_000_000)))


def _endless_word(path: Path, chance: random.Random) -> None:
    """Write a Word file with entities inside each other, a billion letters in the end."""
    entities = '<!ENTITY a0 "hacked">' + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    body = "<w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body>"
    path.write_bytes(_word(body, before=f"<!DOCTYPE d [{entities}]>"))


def _broken_word(path: Path, chance: random.Random) -> None:
    _good_word(path, chance)
    path.write_bytes(_mutated(path.read_bytes(), chance))


def _one_letter_lines(path: Path, chance: random.Random) -> None:
    path.write_text("a\n" * chance.randint(1_000_000, 2_000_000))


def _endless_line(path: Path, chance: random.Random) -> None:
    path.write_text(chance.choice(["a", "(", "1.2.", "a@", "> ", "“", "http://", "[[", "* "]) * 300_000)


def _odd_bytes(path: Path, chance: random.Random) -> None:
    choices = (
        b"",
        b" \n" * 1000,
        b"\0" * 10_000,
        b"\xff\xfe" + "Thieves stole data.".encode("utf-16-le") + b"\x00",
        "Thieves stole \udc80 data.".encode("utf-8", "surrogatepass"),
        b"\x1b]0;title\x07 Thieves stole data. \xc2\x9b31m",
        chance.randbytes(100_000),
    )
    path.write_bytes(chance.choice(choices))


def _deep_json(path: Path, chance: random.Random) -> None:
    content = ("[" * 100_000, '{"a":' * 100_000, '{"content": ["x"]}', '{"content": "Hacked.", "info": [1e999, null]}')
    path.write_text(chance.choice(content))


def _packed(path: Path, chance: random.Random) -> None:
    """Write a file of hundreds of megabytes packed with gzip, or a damaged one."""
    content = gzip.compress(b"Hacked. " * chance.choice([1000, 20_000_000]), mtime=0)
    path.write_bytes(content if chance.random() < 0.5 else _mutated(content, chance))


def _too_large(path: Path, chance: random.Random) -> None:
    with path.open("wb") as file:
        file.truncate(chance.randint(60, 6000) * 1_000_000)


def _pipe(path: Path, chance: random.Random) -> None:
    os.mkfifo(path)


def _link_out(path: Path, chance: random.Random) -> None:
    path.symlink_to(chance.choice(["/etc/hostname", "/etc", "/dev/zero", "../../../../etc/passwd"]))


def _link_loop(path: Path, chance: random.Random) -> None:
    path.symlink_to(path.name if chance.random() < 0.5 else ".")


def _odd_name(path: Path, chance: random.Random) -> None:
    """Write a good report under a name that is no text, or that does something to a terminal."""
    names = (b"\xff\xfe", b"\x1b[2J", b"\n\n", "\u202e\u200b".encode(), b"-rf", b"x" * 200, b"%s%n", b"'; drop table")
    name = chance.choice(names) + str(chance.random()).encode() + b".txt"
    _good_text(path, chance)
    with suppress(OSError):  # macOS has no names that are not UTF-8
        os.rename(path, os.path.join(os.fsencode(path.parent), name))


def _deep_folder(path: Path, chance: random.Random) -> None:
    """Write a good report in folders inside each other, and a link from there to the first."""
    inside = path.with_suffix("").joinpath(*["d"] * 100)
    inside.mkdir(parents=True)
    _good_text(inside / "good.txt", chance)
    (inside / "up").symlink_to(path.with_suffix(""))


# The ending of each kind, and how many of a thousand files are of it.
GOOD: dict[Maker, tuple[str, int]] = {
    _good_text: (".txt", 60), _good_page: (".html", 60), _good_mail: (".eml", 60), _good_pdf: (".pdf", 60),
    _good_word: (".docx", 60), _odd_name: (".txt", 30), _deep_folder: (".txt", 5),
}  # fmt: skip
_HOSTILE: dict[Maker, tuple[str, int]] = {
    _drawing_itself: (".pdf", 10), _packed_pdf: (".pdf", 5), _broken_pdf: (".pdf", 120), _small_tables: (".html", 5),
    _deep_page: (".html", 15), _odd_page: (".html", 50), _broken_page: (".html", 100), _nested_mail: (".eml", 40),
    _odd_mail: (".eml", 50), _many_attachments: (".eml", 10), _broken_mail: (".eml", 100), _packed_word: (".docx", 5),
    _endless_word: (".docx", 5), _broken_word: (".docx", 40), _one_letter_lines: (".txt", 1),
    _endless_line: (".txt", 20), _odd_bytes: (".txt", 30), _deep_json: (".json", 20), _packed: (".txt.gz", 12),
    _too_large: (".html", 5), _pipe: (".txt", 7), _link_out: (".txt", 10), _link_loop: (".txt", 5),
}  # fmt: skip


def make(folder: Path, *, count: int = 1000) -> dict[str, int]:
    """Fill `folder`, which must be empty, with some `count` files; return how many of each kind, by name."""
    made = {}
    for maker, (ending, share) in (*GOOD.items(), *_HOSTILE.items()):
        number = max(1, share * count // 1000)
        name = maker.__name__.lstrip("_")
        place = folder / name
        place.mkdir(parents=True)
        for index in range(number):
            maker(place / f"{index:03}{ending}", random.Random(f"{name} {index}"))
        made[name] = number
    return made


def _report(chance: random.Random) -> list[str]:
    """Return a headline and a few paragraphs, unlike those of any other file."""
    name = "".join(chance.choices("bdfgklmnprst", k=3)).title() + chance.choice(["ova", "una", "eri"])
    said = [" ".join(line.format(n=chance.randint(1000, 99_999)) for line in _BODY) for _ in range(3)]
    return [f"{name} Ferries loses passenger data to thieves", *said]


def _mail(kind: str, body: str, *, subject: str = "Hacked") -> bytes:
    head = f"From: Jane Roe <jane@news.example>\r\nTo: desk@news.example\r\nSubject: {subject}\r\nMIME-Version: 1.0"
    return f"{head}\r\nMessage-ID: <1@news.example>\r\n{kind}\r\n\r\n{body}\r\n".encode("latin-1", "replace")


def _printed(lines: Sequence[str]) -> bytes:
    words = [part for line in lines for part in (line[i : i + 80] for i in range(0, len(line), 80))]
    return b"BT /F1 11 Tf 60 740 Td 14 TL " + b"".join(b"(%s) Tj T* " % part.encode() for part in words) + b"ET"


def _pdf(content: bytes, *, filter: bytes = b"", more: Sequence[bytes] = (), resources: bytes = b"") -> bytes:
    """Return a PDF of one page; `more` are objects from number 6 on."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [5 0 R] >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), filter, content),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 3 0 R >> %s >> >>" % resources,
        *more,
    ]
    file, starts = bytearray(b"%PDF-1.7\n"), []
    for number, one in enumerate(objects, 1):
        starts.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    size = len(objects) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(file) + end % (size, table, size, len(file))


def _word(body: str, *, before: str = "") -> bytes:
    file = BytesIO()
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f'{before}<w:document xmlns:w="{space}">{body}</w:document>')
    return file.getvalue()


def _mutated(content: bytes, chance: random.Random) -> bytes:
    """Return `content` with some bytes changed, left out or repeated, or cut off."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 30)):
        place = chance.randrange(len(changed))
        some = changed[place : place + chance.randint(1, 40)]
        changed[place : place + len(some)] = chance.choice([chance.randbytes(len(some)), b"", bytes(some) * 9])
    return bytes(changed[: chance.randint(len(changed) // 2, len(changed))] if chance.random() < 0.3 else changed)
