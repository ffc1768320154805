"""Articles in documents: HTML pages, RSS and Atom feeds, PDF files, each read by a library made for it.

These libraries may raise anything on a broken file, so whatever they raise becomes one InputError. A PDF is
read in a process of its own: it may loop, or unpack to gigabytes, and only a process can be stopped.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import msgspec

from extract.errors import InputError
from extract.intake import MAX_FILE, MAX_TEXT, Skip, Stream, admit, decode, quiet, read_bounded, whole
from extract.model import Article

MAX_TAGS = 100_000
PDF_SECONDS = 30
PDF_MEMORY = 2 * 2**30  # bytes
ROOT = Path(__file__).resolve().parent.parent
CHILD = "import sys; sys.path.insert(0, sys.argv[1]); from extract.documents import serve_pdf; serve_pdf()"
CHARSET = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{1,40})|encoding=["']([\w-]{1,40})["']""", re.I
)
DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
HYPHENATED = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
BLOCK = frozenset(
    {"address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure",
     "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section",
     "table", "td", "th", "tr", "ul"}
)  # fmt: skip
UNREAD = frozenset({"script", "style", "template", "noscript"})


def read_html(name: str, stream: Stream) -> Iterator[Article | Skip]:
    """The article of a page: its body without menus and adverts, with title, date, outlet and address."""
    data = read_bounded(stream)
    if data.count(b"<") > MAX_TAGS:
        raise InputError(f"more than {MAX_TAGS:,} HTML tags")
    page = find_article(decode_page(data))
    if page is None or not (page.text or "").strip():
        raise InputError("no article found in the page")
    yield admit(
        name,
        page.text,
        title=page.title,
        published=page.date,
        url=page.url,
        publisher=page.sitename,
        metadata={"author": page.author} if page.author else {},
    )


def decode_page(data: bytes) -> str:
    """The page as text, in the encoding it declares where that is true."""
    if declared := CHARSET.search(data[:4096]):
        try:
            return DECLARATION.sub(
                "", data.decode((declared[1] or declared[2]).decode()).removeprefix("\ufeff")
            )
        except (LookupError, UnicodeError):
            pass
    return DECLARATION.sub("", decode(data))


def find_article(page: str) -> Any:
    """What trafilatura makes of the page; None when it sees no article there."""
    with quiet():
        import trafilatura

        try:
            return trafilatura.bare_extraction(
                page,
                with_metadata=True,
                include_comments=False,
                include_tables=False,
                date_extraction_params={"original_date": True, "extensive_search": False},
            )
        except Exception as error:
            raise InputError(f"not readable as HTML ({type(error).__name__})") from None


def read_feed(name: str, stream: Stream) -> Iterator[Article | Skip]:
    """One article an entry of an RSS or Atom feed; external entities are never fetched."""
    data = read_bounded(stream)
    if b"<!ENTITY" in data.replace(b"\0", b""):
        raise InputError("declares entities of its own, which no feed needs")
    feed = parse_feed(data)
    if not feed.entries:
        raise InputError("no entries: not an RSS or Atom feed, or an empty one")
    outlet = feed.feed.get("title")
    for number, entry in enumerate(feed.entries, 1):
        parts = [*(part.get("value") or "" for part in entry.get("content", ())), entry.get("summary") or ""]
        author = entry.get("author")
        yield admit(
            f"{name}, entry {number}",
            max(map(text_of, parts), key=len),
            own_id=entry.get("id"),
            title=text_of(entry.get("title") or ""),
            published=entry.get("published") or entry.get("updated"),
            url=entry.get("link"),
            publisher=text_of(outlet or ""),
            metadata={"author": author} if author else {},
        )


def parse_feed(data: bytes) -> Any:
    """What feedparser makes of the bytes, never of an address."""
    with quiet():
        import feedparser

        try:
            return feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
        except Exception as error:
            raise InputError(f"not readable as a feed ({type(error).__name__})") from None


class Reading(HTMLParser):
    """Collects the text of a piece of HTML, paragraph by paragraph."""

    def __init__(self) -> None:
        super().__init__()
        self.paragraphs: list[list[str]] = [[]]
        self.unread = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        """A block begins a paragraph."""
        self.unread += tag in UNREAD
        if tag in BLOCK:
            self.paragraphs.append([])

    def handle_endtag(self, tag: str) -> None:
        """A block ends its paragraph."""
        self.unread = max(0, self.unread - (tag in UNREAD))
        if tag in BLOCK:
            self.paragraphs.append([])

    def handle_data(self, data: str) -> None:
        """Text belongs to the paragraph."""
        if not self.unread:
            self.paragraphs[-1].append(data)


def text_of(markup: str) -> str:
    """The text of a piece of HTML, a blank line between paragraphs; plain text stays as it is."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    reading = Reading()
    reading.feed(markup)
    reading.close()
    texts = (" ".join("".join(part).split()) for part in reading.paragraphs)
    return "\n\n".join(text for text in texts if text)


def read_pdf(name: str, stream: Stream) -> Iterator[Article | Skip]:
    """The one article of a PDF file, lines joined to paragraphs; a bad file costs seconds, not the run."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(ROOT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        answer, _ = child.communicate(read_bounded(stream, 2 * MAX_FILE), timeout=PDF_SECONDS)
    except subprocess.TimeoutExpired:
        raise InputError(f"reading the PDF took more than {PDF_SECONDS} s") from None
    finally:
        child.kill()
        child.wait()
    found = msgspec.json.decode(answer) if answer else {"error": "not readable as a PDF"}
    if "error" in found:
        raise InputError(found["error"])
    yield admit(name, found["text"], title=found["title"])


def serve_pdf() -> None:
    """In the child: a PDF from standard input, its text and title as JSON to standard output."""
    bound_memory()
    with open(0, "rb", closefd=False) as given:
        data = given.read()
    try:
        answer = parse_pdf(data)
    except InputError as error:
        answer = {"error": str(error)}
    with open(1, "wb", closefd=False) as out:
        out.write(msgspec.json.encode(answer))


def bound_memory() -> None:
    """Let this process take no more than PDF_MEMORY, where the system can say so."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (PDF_MEMORY, PDF_MEMORY))


def parse_pdf(data: bytes) -> dict[str, str]:
    """Text and title of a PDF file; pages are read until the text is longer than any article."""
    with quiet():
        import pypdf

        try:
            document = pypdf.PdfReader(io.BytesIO(data))
            if document.is_encrypted and not document.decrypt(""):
                raise InputError("an encrypted PDF")
            pages: list[str] = []
            for page in document.pages:
                pages.append(page.extract_text())
                if sum(map(len, pages)) > MAX_TEXT:
                    break
            title = document.metadata and document.metadata.title
        except InputError:
            raise
        except pypdf.errors.DependencyError:
            raise InputError("an encrypted PDF") from None
        except Exception as error:
            raise InputError(f"not readable as a PDF ({type(error).__name__})") from None
    text = join_lines("\n".join(pages))
    if not text:
        raise InputError("a PDF without text (scanned pages?)")
    return {
        "text": whole(text),
        "title": whole(str(title or "")),
    }


def join_lines(text: str) -> str:
    """Printed lines as paragraphs, which end at a blank line, or at a short line that ends a sentence."""
    rows = [row.strip() for row in HYPHENATED.sub("", text).splitlines()]
    full = sorted(map(len, filter(None, rows)))[-(len(rows) // 4 + 1) :]
    width = full[0] if full else 0
    out: list[str] = []
    for row in rows:
        out.append(row)
        ended = not row or (len(row) < 0.75 * width and row[-1] in ".!?:”\"'’")
        out.append("\n\n" if ended else " ")
    return re.sub(r" *\n[\n ]*", "\n\n", "".join(out)).strip()
