"""Files of every format, encoding and kind of damage, as streams of articles and skips."""

# ruff: noqa: E501  (tables of texts, one a line)

from __future__ import annotations

import csv
import io
import json
import os
import socket
import subprocess
import sys
import tempfile
import tracemalloc
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract import apart, documents, readers
from extract.errors import InputError
from extract.intake import MAX_TEXT, find_language, iso_date
from extract.model import Article
from extract.readers import Skip, read_articles

ROOT = Path(__file__).resolve().parent.parent
TEXT = "Norland ordered two frigates into the Strait of Orm on Tuesday, and Sarn protested. “We will answer,” its minister said."
MORE = "The ships are to protect the merchants who had been attacked there by gunmen from the island."
FOREIGN = {
    "de": "Der Verteidigungsminister traf am Montag den Präsidenten in der Hauptstadt und sprach mit ihm über die Lage im Norden des Landes, wie ein Sprecher der Regierung am Abend mitteilte.",
    "fr": "Le ministre de la défense a rencontré lundi le président dans la capitale et lui a parlé de la situation dans le nord du pays, selon un porte-parole du gouvernement qui n'a pas donné de détails.",
    "ru": "Министр обороны встретился с президентом в столице.",
}  # fmt: skip


def read(*paths: object) -> list[Article | Skip]:
    return list(read_articles([str(path) for path in paths]))


def file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def one(folder: Path, name: str, content: str | bytes) -> Article:
    (found,) = read(file(folder, name, content))
    assert isinstance(found, Article), found
    return found


def stream(body: bytes, packed: bool = False) -> bytes:
    """A PDF stream object."""
    data = zlib.compress(body) if packed else body
    return b"<</Length %d%s>>stream\n%s\nendstream" % (
        len(data),
        b"/Filter/FlateDecode" if packed else b"",
        data,
    )


def pdf(*pages: bytes, title: str = "") -> bytes:
    """A PDF file with these content streams, one a page."""
    numbers = range(5, 5 + 2 * len(pages), 2)
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(b"%d 0 R" % n for n in numbers), len(pages)),
        3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        4: b"<</Title(%s)>>" % title.encode(),
    }
    for number, content in zip(numbers, pages, strict=True):
        objects[number] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>"
            % (number + 1)
        )
        objects[number + 1] = content
    out, offsets = [b"%PDF-1.4\n"], []
    for number in sorted(objects):
        offsets.append(sum(map(len, out)))
        out.append(b"%d 0 obj\n%s\nendobj\n" % (number, objects[number]))
    start = sum(map(len, out))
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out.append(
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R/Info 4 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (len(offsets) + 1, table, len(offsets) + 1, start)
    )
    return b"".join(out)


def printed(*lines: str) -> bytes:
    """The content of a page with these lines."""
    body = b" ".join(b"(%s) Tj T*" % line.encode() for line in lines)
    return b"BT /F1 12 Tf 50 700 Td 14 TL %s ET" % body


PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Frigates Sent | The Orm Post</title>
<meta property="og:title" content="Frigates Sent"><meta property="og:site_name" content="The Orm Post">
<meta property="article:published_time" content="2016-06-07T23:30:00-05:00">
<link rel="canonical" href="https://orm-post.example/frigates"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/sea">Sea</a></li></ul></nav>
<article><h1>Frigates Sent</h1><p>{TEXT}</p><p>{MORE}</p><p>{MORE.replace("ships", "frigates")}</p></article>
<aside>Buy now!</aside></body></html>"""
RSS = f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Orm Post</title><item><title>Frigates &amp; Flags</title><guid isPermaLink="false">orm-1</guid><link>https://orm-post.example/1</link>
<pubDate>Tue, 07 Jun 2016 23:30:00 -0500</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>{TEXT}</p><p>The second paragraph &amp; its <b>bold</b> words.</p><script>alert(1)</script>]]></content:encoded></item>
<item><title>Next</title><description>{MORE}</description></item></channel></rss>"""
ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Orm Post</title><entry><id>urn:orm:1</id>
<title>Frigates Sent</title><updated>2016-06-07T23:30:00-05:00</updated><author><name>Anna Lind</name></author>
<link href="https://orm-post.example/1"/><content type="html">&lt;p&gt;{TEXT}&lt;/p&gt;</content></entry></feed>"""
RECORD = {
    "id": "orm-1", "title": "Frigates Sent", "text": TEXT, "published": "June 7, 2016", "url": "https://orm-post.example/1",
    "publisher": "The Orm Post", "section": "Sea",
}  # fmt: skip


def as_csv(rows: list[dict[str, str]], delimiter: str = ",") -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", json.dumps(RECORD)),
        ("a.ndjson", "\ufeff" + json.dumps(RECORD) + "\n\n"),
        ("a.json", json.dumps([RECORD], indent=2)),
        ("a.json", json.dumps(RECORD, indent=2)),
        ("a.json", json.dumps(RECORD) + "\n"),
        ("a.csv", as_csv([RECORD])),
        ("a.CSV", "\ufeff" + as_csv([RECORD], ";")),
        ("a.tsv", as_csv([RECORD], "\t")),
        ("noname", as_csv([RECORD])),
        ("noname", json.dumps(RECORD)),
        ("a.csv", as_csv([RECORD]).replace("id,title,text", " ID ,Title,TEXT")),
    ],
)
def test_a_record_is_read_whole(tmp_path: Path, name: str, content: str) -> None:
    article = one(tmp_path, name, content)
    assert (article.id, article.title, article.text) == ("orm-1", "Frigates Sent", TEXT)
    assert (article.published, article.url, article.publisher) == (
        "2016-06-07", "https://orm-post.example/1", "The Orm Post",
    )  # fmt: skip
    assert dict(article.metadata) == {"section": "Sea"}


def test_a_page_gives_title_date_outlet_and_body(tmp_path: Path) -> None:
    article = one(tmp_path, "page.html", PAGE)
    assert (article.title, article.published, article.publisher) == (
        "Frigates Sent",
        "2016-06-07",
        "The Orm Post",
    )
    assert article.url == "https://orm-post.example/frigates"
    assert article.text.splitlines()[1:3] == [TEXT, MORE]
    assert "Home" not in article.text and "Buy" not in article.text


def test_a_feed_gives_its_entries(tmp_path: Path) -> None:
    first, second = read(file(tmp_path, "feed.rss", RSS))
    assert isinstance(first, Article) and isinstance(second, Article)
    assert (first.id, first.title, first.published) == ("orm-1", "Frigates & Flags", "2016-06-07")
    assert (first.publisher, first.url) == ("The Orm Post", "https://orm-post.example/1")
    assert first.text == f"{TEXT}\n\nThe second paragraph & its bold words."
    assert (second.text, second.title, second.published) == (MORE, "Next", None)
    assert second.origin == f"{tmp_path}/feed.rss, entry 2"


def test_an_atom_feed_too(tmp_path: Path) -> None:
    article = one(tmp_path, "feed.xml", ATOM)
    assert (article.id, article.title, article.published, article.text) == (
        "urn:orm:1",
        "Frigates Sent",
        "2016-06-07",
        TEXT,
    )
    assert dict(article.metadata) == {"author": "Anna Lind"}


@pytest.mark.parametrize("packed", [False, True])
def test_a_pdf_gives_paragraphs(tmp_path: Path, packed: bool) -> None:
    lines = ["Norland ordered two frigates into the Strait of Orm on Tues-", "day, and the Republic of Sarn protested in a sharp note that", "its embassy sent.", "The ships are to protect the merchants who had been there."]  # fmt: skip
    page = stream(printed(*lines), packed)
    article = one(tmp_path, "a.pdf", pdf(page, page, title="Frigates Sent"))
    first = "Norland ordered two frigates into the Strait of Orm on Tuesday, and the Republic of Sarn protested in a sharp note that its embassy sent."
    assert article.text.startswith(f"{first}\n\nThe ships are to protect the merchants who had been there.")
    assert article.title == "Frigates Sent"


@pytest.mark.parametrize(
    ("content", "origin", "words"),
    [
        (TEXT, "standard input", TEXT),
        (json.dumps(RECORD), "standard input:1", TEXT),
        (as_csv([RECORD]), "standard input:2", TEXT),
        (PAGE, "standard input", "Norland"),
        (RSS, "standard input, entry 1", "Norland"),
        (ATOM, "standard input, entry 1", "Norland"),
        (pdf(stream(printed(MORE))), "standard input", "ships"),
        (TEXT.encode("utf-16"), "standard input", TEXT),
    ],
    ids=["text", "jsonl", "csv", "html", "rss", "atom", "pdf", "utf-16"],
)
def test_standard_input_shows_its_format(
    monkeypatch: pytest.MonkeyPatch, content: str | bytes, origin: str, words: str
) -> None:
    data = content if isinstance(content, bytes) else content.encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    found = read("-")[0]
    assert isinstance(found, Article), found
    assert found.origin == origin and words in found.text


LATIN = "Café owner Müller said “no” – it was naïve, and the minister’s men left the town."


@pytest.mark.parametrize("suffix", ["txt", "jsonl", "csv", "html"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"])  # fmt: skip
def test_encodings_are_found_out(tmp_path: Path, encoding: str, suffix: str) -> None:
    page = f"<html><head><title>x</title></head><body><article><p>{LATIN}</p><p>{LATIN} {MORE}</p><p>{MORE}</p></article></body></html>"
    content = {"txt": LATIN, "jsonl": json.dumps({"text": LATIN}, ensure_ascii=False), "csv": f'id,text\n1,"{LATIN}"\n', "html": page}  # fmt: skip
    article = one(tmp_path, f"a.{suffix}", content[suffix].encode(encoding))
    assert LATIN in article.text


@pytest.mark.parametrize("encoding", ["cp1250", "iso8859-2"])
def test_so_are_those_of_other_alphabets(tmp_path: Path, encoding: str) -> None:
    text = (
        "Lech Wałęsa and Václav Havel met the minister in Łódź, and they agreed on the plan that had been made. "
        * 5
    )
    assert one(tmp_path, "a.txt", text.encode(encoding)).text == text.strip()


def test_a_page_is_read_in_the_encoding_it_declares(tmp_path: Path) -> None:
    page = PAGE.replace("utf-8", "iso-8859-7").replace("Strait of Orm", "Strait of Ορμ").replace("“We will answer,” its", "Its")  # fmt: skip
    assert "Ορμ" in one(tmp_path, "page.html", page.encode("iso-8859-7")).text


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2014", "2014"), ("2014-03", "2014-03"), ("2014-03-24", "2014-03-24"), ("2014-03-24T23:30:00-05:00", "2014-03-24"),
        ("2014-03-24 23:30", "2014-03-24"), ("2014/3/4", "2014-03-04"), ("20140324", "2014-03-24"), ("20140324T101010Z", "2014-03-24"),
        ("Fri, 16 Dec 2016 23:30:00 -0500", "2016-12-16"), ("March 24, 2014", "2014-03-24"), ("24 March 2014", "2014-03-24"),
        ("Mon Mar 24 23:30:00 EDT 2014", "2014-03-24"), ("Sept. 14, 2013", "2013-09-14"), ("Monday, March 24th, 2014", "2014-03-24"),
        ("March 2014", "2014-03"), ("24-Mar-2014", "2014-03-24"), ("3 May 2011 at 10:00", "2011-05-03"),
        ("03/04/2014", None), ("2014-13-01", None), ("2014-02-30", None), ("yesterday", None), ("1395619200", None), ("0000-01-01", None),
        ("", None), ("²⁰14-01-01", None), ("May you live", None),
    ],
)  # fmt: skip
def test_dates_keep_the_day_as_written(written: str, iso: str | None) -> None:
    assert iso_date(written) == iso


def test_a_date_that_cannot_be_read_is_kept_aside(tmp_path: Path) -> None:
    article = one(tmp_path, "a.jsonl", json.dumps({"text": TEXT, "published": "03/04/2014"}))
    assert (article.published, dict(article.metadata)) == (None, {"published": "03/04/2014"})


@pytest.mark.parametrize(
    "text",
    [TEXT, "Putin meets Assad", "Shoigu, Assad, Haftar", "1234", "Talks in Łódź", TEXT.upper(), f"{TEXT} {MORE} Il a dit : « {FOREIGN['fr'][:60]} »",
     "MOSCOW DEFENDS STRIKES; REBELS RETREAT; CONVOY ATTACKED NEAR ALEPPO; KERRY PHONES LAVROV; TALKS RESUME MONDAY; ASSAD VOWS VICTORY; TROOPS ENTER IDLIB"],
)  # fmt: skip
def test_english_is_english_however_short(text: str) -> None:
    assert find_language(text) == "en"


@pytest.mark.parametrize("language", FOREIGN)
def test_other_languages_are_skipped(tmp_path: Path, language: str) -> None:
    (found,) = read(file(tmp_path, "a.txt", FOREIGN[language]))
    assert found == Skip(f"{tmp_path}/a.txt", f"not in English but {language}")


LEVELS = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
BOMB = f'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a0 "ha">{LEVELS}]><rss version="2.0"><channel><item><description>&a9;</description></item></channel></rss>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item><description>&x;</description></item></channel></rss>'
SKIPPED: dict[str, tuple[str, str | bytes, str, str]] = {
    "an empty file": ("a.txt", "", "", "empty"),
    "blanks only": ("a.txt", " \n\n\t ", "", "empty"),
    "an empty record": ("a.jsonl", '\n{"text": "  "}', ":2", "empty"),
    "a binary file": ("a.txt", bytes(range(256)) * 9, "", "binary data or a broken encoding"),
    "a binary file without a name": ("a", b"\x7fELF" + bytes(range(256)), "", "binary data, not text"),
    "broken UTF-8": ("a.txt", "“Café” – “naïve”. ".encode() * 9 + b"\xff\xfe\x80", "", "binary data or a broken encoding"),
    "a broken mark": ("a.txt", b"\xff\xfe" + b"a" * 9 + b"\xd8", "", "broken encoding"),
    "a huge text file": ("a.txt", TEXT * 300_000, "", "larger than 32 MB"),
    "a huge article": ("a.jsonl", json.dumps({"text": "word " * 250_000}), ":1", "longer than 300,000 characters"),
    "no blanks": ("a.txt", "x" * 20_000, "", "without a blank"),
    "control characters": ("a.jsonl", json.dumps({"text": "a\x01\x02" * 20}), ":1", "too many control characters"),
    "a broken line": ("a.jsonl", '{"text": "a', ":1", "not valid JSON"),
    "a line that is a list": ("a.jsonl", "[1]", ":1", "a JSON list, not an object"),
    "a line without text": ("a.jsonl", '{"body": "a"}', ":1", "no field is called text"),
    "half a surrogate pair": ("a.jsonl", '{"text": "a \\ud800 b"}', ":1", "not valid JSON"),
    "bytes that are no character": ("a.jsonl", b'{"id": "\xc3\xa9", "text": "' + b"a" * 70_000 + b' \xff"}', ":1", "broken encoding"),
    "JSON nested deep": ("a.jsonl", '{"text": ' + "[" * 10_000 + "]" * 10_000 + "}", ":1", "nested too deep"),
    "a number out of range": ("a.jsonl", '{"text": 1e999}', ":1", "not valid JSON"),
    "a table without text": ("a.csv", "id,body\n1,a\n", ":1", "no column is called text"),
    "an empty table": ("a.csv", "\n", ":1", "empty"),
    "a short row": ("a.csv", "id,text\n1\n", ":2", "1 cells under 2 columns"),
    "a quote left open": ("a.csv", 'id,text\n1,"a\nb\n', ":2", "not valid CSV"),
    "a page without an article": ("a.html", "<html><body><nav><a href='/'>Home</a></nav></body></html>", "", "no article"),
    "a page of tags": ("a.html", "<html><body>" + "<i>a</i>" * 60_000, "", "more than 100,000 HTML tags"),
    "a page nested deep": ("a.html", "<html><body>" + "<div>" * 99_000 + TEXT, "", "no article"),
    "an entity bomb": ("a.rss", BOMB, "", "declares entities"),
    "an entity from outside": ("a.rss", OUTSIDE, "", "declares entities"),
    "the same in UTF-16": ("a.rss", OUTSIDE.replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16"), "", "declares entities"),
    "a feed without entries": ("a.rss", '<rss version="2.0"><channel></channel></rss>', "", "no entries"),
    "XML that is no feed": ("a.xml", "<?xml version='1.0'?><a><b/></a>", "", "no entries"),
    "half a PDF": ("a.pdf", pdf(stream(printed(TEXT)))[:200], "", "not readable as PDF"),
    "a PDF of noise": ("a.pdf", b"%PDF-1.7\n" + os.urandom(3000), "", "not readable as PDF"),
    "a PDF without text": ("a.pdf", pdf(stream(b"")), "", "a PDF without text"),
    "a PDF whose pages loop": ("a.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF", "", "PDF"),
    "a PDF that unpacks to a gigabyte": ("a.pdf", pdf(stream(b" " * 2**28, True)), "", "PDF"),
    "a text that is a PDF": ("a.txt", b"%PDF-1.7\n", "", "not readable as PDF"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content", "where", "reason"), SKIPPED.values(), ids=SKIPPED)
def test_what_is_no_article_is_named_and_skipped(
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    name: str,
    content: str | bytes,
    where: str,
    reason: str,
) -> None:
    path = file(tmp_path, name, content)
    good = file(tmp_path, "good.txt", TEXT)
    skip, article = read(path, good)
    assert isinstance(skip, Skip) and isinstance(article, Article)
    assert skip.origin == f"{path}{where}"
    assert reason in skip.reason and "\n" not in skip.reason
    with pytest.raises(InputError, match=f"^{path}{where}: "):
        list(read_articles([str(path), str(good)], strict=True))
    assert capfd.readouterr() == ("", "")


def test_an_encrypted_pdf_is_skipped(tmp_path: Path) -> None:
    import pypdf

    writer = pypdf.PdfWriter(clone_from=file(tmp_path, "plain.pdf", pdf(stream(printed(TEXT)))))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    assert read(tmp_path / "locked.pdf") == [Skip(f"{tmp_path}/locked.pdf", "an encrypted PDF")]


@pytest.mark.parametrize(
    ("name", "content", "lines"),
    [
        ("a.jsonl", '{"text": "Good one."}\n{broken\n\n{"text": "Good two."}\n[]\n', [1, -2, 4, -5]),
        ("a.csv", 'id,text\n1,"Good\none."\n2\n3,"bad"x\n4,Good two.\n', [2, -4, -5, 6]),
        ("a.csv", f"id,text\n1,Good one.\n2,{'w ' * 600_000}\n3,Good \0 two.\n", [2, -3, 4]),
    ],
)
def test_a_bad_record_costs_only_itself(tmp_path: Path, name: str, content: str, lines: list[int]) -> None:
    """Lines of what is read, with a minus those of what is skipped."""
    path = file(tmp_path, name, content)
    found = read(path)
    numbers = [int(one.origin.removeprefix(f"{path}:")) for one in found]
    assert [-n if isinstance(f, Skip) else n for f, n in zip(found, numbers, strict=True)] == lines


def test_the_same_article_has_the_same_id_wherever_it_stands(tmp_path: Path) -> None:
    first, second, other = read(
        file(tmp_path, "a.txt", TEXT), file(tmp_path, "b.jsonl", json.dumps({"text": TEXT})), file(tmp_path, "c.txt", MORE)
    )  # fmt: skip
    assert isinstance(first, Article) and isinstance(second, Article) and isinstance(other, Article)
    assert first.id == second.id != other.id
    assert len(first.id) == 16


def test_columns_of_other_names_are_only_kept(tmp_path: Path) -> None:
    record = {
        "text": TEXT,
        "byline": "Anna",
        "tags": ["sea", 1],
        "body": MORE,
        "none": None,
        "flag": True,
        "id": 7,
    }
    article = one(tmp_path, "a.jsonl", json.dumps(record))
    assert dict(article.metadata) == {"byline": "Anna", "tags": '["sea",1]', "body": MORE, "flag": "true"}
    assert (article.id, article.text) == ("7", TEXT)


def test_a_folder_is_read_in_order_without_what_is_hidden_or_foreign(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a/z.txt",
        "a/y.jsonl",
        "c/d/e.csv",
        ".hidden.txt",
        ".git/f.txt",
        "noname",
        "README.md",
        "code.py",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        content = {"y.jsonl": json.dumps({"text": name}), "e.csv": f"text\n{name}"}.get(Path(name).name, name)
        file(tmp_path, name, content)
    found = [(f.origin.removeprefix(f"{tmp_path}/"), isinstance(f, Article)) for f in read(tmp_path)]
    assert found == [
        ("a/y.jsonl:1", True), ("a/z.txt", True), ("b.txt", True), ("c/d/e.csv:2", True), ("code.py", False), ("noname", True),
    ]  # fmt: skip
    assert [f.origin for f in read(tmp_path / "code.py") if isinstance(f, Article)] == [f"{tmp_path}/code.py"]


def test_links_back_and_special_files_stop_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    (folder / "in").mkdir(parents=True)
    file(folder, "a.txt", TEXT)
    file(folder, "in/b.txt", MORE)
    (folder / "in" / "loop").symlink_to(folder)
    (folder / "twice").symlink_to(folder / "in")
    (folder / "lost").symlink_to("nowhere")
    (folder / "zero").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe")
    with socket.socket(socket.AF_UNIX) as door:
        here = Path.cwd()
        os.chdir(folder)
        try:
            door.bind("door")
        finally:
            os.chdir(here)
        found = {f.origin.removeprefix(f"{folder}/"): getattr(f, "reason", "read") for f in read(folder)}
    again = "a folder read already: a link back, or a second one"
    assert found == {
        "a.txt": "read", "in/b.txt": "read", "in/loop": again, "twice": again, "lost": "no such file or directory",
        "zero": "a device, not a file", "pipe": "a fifo, not a file", "door": "a socket, not a file",
    }  # fmt: skip


def test_folders_may_be_nested_deeper_than_python_recurses(tmp_path: Path) -> None:
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        for _ in range(1100):
            os.mkdir("d")
            os.chdir("d")
        Path("a.txt").write_text(TEXT)
        (found,) = read(tmp_path)
        os.unlink("a.txt")
        for _ in range(1100):
            os.chdir("..")
            os.rmdir("d")
    finally:
        os.chdir(here)
    assert isinstance(found, Article)


@pytest.mark.parametrize("path", ["nowhere.txt", "x" * 5000])
def test_a_path_that_leads_nowhere_is_skipped(path: str) -> None:
    (found,) = read(path)
    assert isinstance(found, Skip)


def test_a_path_with_a_zero_is_an_error() -> None:
    with pytest.raises(InputError, match="no path has a zero"):
        read("no\0name")


def test_a_file_name_that_is_no_text_is_shown(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(path)).write_text(TEXT)
    (found,) = read(tmp_path)
    assert found.origin == f"{tmp_path}/caf\\xe9.txt"


@contextmanager
def unprivileged() -> Iterator[None]:
    """Without root's right to read everything."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)


def test_a_file_that_may_not_be_read_is_skipped() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        path = file(Path(folder), "a.txt", TEXT)
        path.chmod(0)
        with unprivileged():
            found = read(path)
    assert found == [Skip(str(path), "permission denied")]


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_memory_does_not_grow_with_the_file(tmp_path: Path, name: str) -> None:
    record = {"title": "t", "text": f"{TEXT} {MORE}"}
    row = json.dumps(record) if name.endswith("l") else as_csv([record]).splitlines()[1]
    head = "" if name.endswith("l") else "title,text\n"

    def peak(count: int) -> int:
        path = file(tmp_path, name, head + f"{row}\n" * count)
        tracemalloc.start()
        try:
            assert sum(isinstance(found, Article) for found in read_articles([str(path)])) == count
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(10)
    assert peak(8_000) < peak(1_000) + 200_000


def test_reading_loads_no_parser_before_it_is_needed(tmp_path: Path) -> None:
    path = file(tmp_path, "a.jsonl", json.dumps(RECORD))
    code = (
        "import sys; from extract.readers import read_articles; list(read_articles(sys.argv[1:])); "
        "print([m for m in ('trafilatura', 'feedparser', 'pypdf', 'charset_normalizer', 'py3langid', 'lxml', 'spacy', 'pyarrow') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_a_parser_that_takes_too_long_is_stopped_and_the_next_file_read() -> None:
    slow = pdf(stream(b"BT " + b"(a) Tj " * 2_000_000 + b" ET", True))
    worker = apart.Apart(seconds=60)
    try:
        assert worker.ask("HTML", PAGE.encode())[0]["title"] == "Frigates Sent"
        worker.seconds = 0.2
        with pytest.raises(InputError, match=r"takes more than 0\.2 s"):
            worker.ask("PDF", slow)
        worker.seconds = 60
        assert worker.ask("HTML", PAGE.encode())[0]["title"] == "Frigates Sent"
    finally:
        worker.stop()


def test_a_parser_that_breaks_down_is_started_again() -> None:
    worker = apart.Apart(seconds=60)
    try:
        worker.ask("HTML", PAGE.encode())
        assert worker.child is not None
        worker.child.kill()
        with pytest.raises(InputError, match="broke down"):
            worker.ask("HTML", PAGE.encode())
        assert worker.ask("HTML", PAGE.encode())[0]["title"] == "Frigates Sent"
    finally:
        worker.stop()


def test_a_parser_gets_no_more_memory_than_allowed() -> None:
    worker = apart.Apart(seconds=60, memory=150 * 2**20)
    try:
        with pytest.raises(InputError, match=r"memory|broke down"):
            worker.ask("HTML", f"<html><body><p>{MORE * 300_000}</p></body></html>".encode())
    finally:
        worker.stop()


def test_what_a_parser_raises_is_one_line() -> None:
    def bad(data: bytes) -> list[apart.Record]:
        raise ZeroDivisionError("line one\nline two")

    assert apart.answer(bad, "PDF", b"") == "not readable as PDF (ZeroDivisionError)"


names = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\n\0", exclude_categories=("Cc",)), max_size=20
)
texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), max_size=60).map(
    lambda t: f"{TEXT} {t}."
)
rows = st.lists(st.fixed_dictionaries({"id": names, "title": names, "text": texts, "url": names, "publisher": names, "extra": names}), min_size=1, max_size=5)  # fmt: skip


@given(rows)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@pytest.mark.parametrize("name", ["r.jsonl", "r.csv"])
def test_records_come_back_as_they_were(tmp_path: Path, name: str, rows: list[dict[str, str]]) -> None:
    content = as_csv(rows) if name.endswith("csv") else "\n".join(json.dumps(row) for row in rows)
    found = read(file(tmp_path, name, content))
    assert len(found) == len(rows)
    for article, row in zip(found, rows, strict=True):
        assert isinstance(article, Article), article
        squeezed = {key: " ".join(value.split()) or None for key, value in row.items()}
        assert article.text == row["text"]
        assert (article.title, article.url, article.publisher) == (
            squeezed["title"],
            squeezed["url"],
            squeezed["publisher"],
        )
        assert article.id == squeezed["id"] or (squeezed["id"] is None and len(article.id) == 16)
        assert dict(article.metadata) == ({"extra": row["extra"]} if row["extra"] else {})


pieces = st.sampled_from([b"text", b"id,text\n", b'{"text":"', b'"}', b"<html><p>", b"<rss><item>", b"%PDF-1.4\n", b"1 0 obj<<", b"\xff\xfe", b"\xef\xbb\xbf", b"\0", b'"', b"\n\n", b"</", b"&#xd800;", b"\xed\xa0\x80", b"[[[["])  # fmt: skip
anything = st.one_of(
    st.binary(max_size=400), st.lists(st.one_of(pieces, st.binary(max_size=20)), max_size=25).map(b"".join)
)


@given(anything)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.json", "a.csv", "noname"])
def test_no_bytes_raise(tmp_path: Path, name: str, data: bytes) -> None:
    for found in read(file(tmp_path, name, data)):
        assert isinstance(found, Article | Skip)
        json.dumps(found.origin).encode()
        if isinstance(found, Article):
            assert found.text.strip() and len(found.text) <= MAX_TEXT
            f"{found.id}{found.title}{found.text}{dict(found.metadata)}".encode()


@given(anything)
@settings(max_examples=100, deadline=None)
@pytest.mark.parametrize("kind", documents.PARSERS)
def test_no_bytes_get_past_a_parser(kind: str, data: bytes) -> None:
    head = {
        "HTML": b"<html><body><article><p>",
        "a feed": b"<rss><channel><item><description>",
        "PDF": b"%PDF-1.4\n",
    }
    for page in (data, head[kind] + data):
        found = apart.answer(documents.PARSERS[kind], kind, page)
        assert isinstance(found, list | str)
        json.dumps(found).encode()


def test_every_format_has_a_reader() -> None:
    assert set(readers.SUFFIXES.values()) - {""} == set(readers.READERS)
