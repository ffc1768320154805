"""Articles in documents: HTML pages, RSS and Atom feeds, PDF files, each read by a library made for it.

The parsers run in a process of their own (`extract.apart`); each turns bytes into records, or raises.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from extract.apart import Parser, Record, shared
from extract.errors import InputError
from extract.intake import MAX_TEXT, Skip, Stream, admit, decode, quiet, read_bounded, whole
from extract.model import Article

MAX_TAGS = 100_000
LEAST = 10  # words that make an article of a page
CHARSET = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{1,40})|^\s*<\?xml[^>]{0,100}encoding=["']([\w-]{1,40})["']""",
    re.I,
)
DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
HYPHENATED = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
BLOCK = frozenset(
    {"address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl", "dt", "figcaption",
     "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre",
     "section", "table", "td", "th", "tr", "ul"}
)  # fmt: skip
UNREAD = frozenset({"script", "style", "template", "noscript", "head"})


def read_html(name: str, stream: Stream) -> Iterator[Article | Skip]:
    """The article of a page: its body without menus and adverts, with title, date, outlet and address."""
    for record in shared().ask("HTML", read_bounded(stream)):
        yield from_record(name, record)


def read_feed(name: str, stream: Stream) -> Iterator[Article | Skip]:
    """One article an entry of an RSS or Atom feed; nothing is ever fetched for it."""
    for number, record in enumerate(shared().ask("a feed", read_bounded(stream)), 1):
        yield from_record(f"{name}, entry {number}", record)


def read_pdf(name: str, stream: Stream) -> Iterator[Article | Skip]:
    """The one article of a PDF file, its lines joined to paragraphs."""
    for record in shared().ask("PDF", read_bounded(stream)):
        yield from_record(name, record)


def from_record(origin: str, record: Record) -> Article | Skip:
    """The article in what a parser found."""
    author = record.get("author")
    return admit(
        origin,
        record["text"] or "",
        own_id=record.get("id"),
        title=record.get("title"),
        published=record.get("published"),
        url=record.get("url"),
        publisher=record.get("publisher"),
        metadata={"author": author} if author else {},
    )


def parse_html(data: bytes) -> list[Record]:
    """The page's article by trafilatura."""
    if data.count(b"<") > MAX_TAGS:
        raise InputError(f"more than {MAX_TAGS:,} HTML tags")
    with quiet():
        import trafilatura

        page: Any = trafilatura.bare_extraction(
            decode_page(data),
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    if page is None or len((page.text or "").split()) < LEAST:
        raise InputError("no article found in the page")
    found = {"text": page.text, "title": page.title, "published": page.date, "url": page.url}
    return [clean({**found, "publisher": page.sitename, "author": page.author})]


def clean(record: Record) -> Record:
    """The record without what JSON can't carry."""
    return {key: whole(str(value)) if value else None for key, value in record.items()}


def decode_page(data: bytes) -> str:
    """The page as text, in the encoding it declares where that is true."""
    text: str | None = None
    if declared := CHARSET.search(data[:4096]):
        try:
            text = data.decode((declared[1] or declared[2]).decode()).removeprefix("\ufeff")
        except (LookupError, UnicodeError):
            text = None
    page = decode(data) if text is None else text
    return page[found.end() :] if (found := DECLARATION.match(page)) else page


def parse_feed(data: bytes) -> list[Record]:
    """The feed's entries by feedparser, which is given the bytes, never an address."""
    if b"<!ENTITY" in data.replace(b"\0", b""):
        raise InputError("declares entities of its own, which no feed needs")
    with quiet():
        import feedparser

        feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        raise InputError("no entries: not an RSS or Atom feed, or an empty one")
    publisher = text_of(feed.feed.get("title") or "")
    return [clean({**read_entry(entry), "publisher": publisher}) for entry in feed.entries]


def read_entry(entry: Any) -> Record:
    """One entry of a feed; the longest of its contents and its summary is the text."""
    parts = [*(part.get("value") or "" for part in entry.get("content", ())), entry.get("summary") or ""]
    return {
        "id": entry.get("id"),
        "text": max(map(text_of, parts), key=len),
        "title": text_of(entry.get("title") or ""),
        "published": entry.get("published") or entry.get("updated"),
        "url": entry.get("link"),
        "author": entry.get("author"),
    }


def text_of(markup: str) -> str:
    """The text of a piece of HTML, a blank line between paragraphs; plain text stays as it is."""
    if not markup.strip() or ("<" not in markup and "&" not in markup):
        return markup.strip()
    from lxml import etree

    root = etree.HTML(markup, etree.HTMLParser(remove_comments=True, remove_pis=True))
    if root is None:
        return ""
    pieces: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag in BLOCK:
            pieces.append("\n")
        pieces.append(
            (element.text if event == "start" else element.tail) or "" if element.tag not in UNREAD else ""
        )
    return "\n\n".join(text for part in "".join(pieces).split("\n") if (text := " ".join(part.split())))


def parse_pdf(data: bytes) -> list[Record]:
    """Text and title of a PDF file by pypdf; pages are read until the text is longer than any article."""
    with quiet():
        import pypdf

        document = pypdf.PdfReader(io.BytesIO(data))
        pages: list[str] = []
        try:
            if document.is_encrypted and not document.decrypt(""):
                raise InputError("an encrypted PDF")
            for page in document.pages:
                pages.append(page.extract_text())
                if sum(map(len, pages)) > MAX_TEXT:
                    break
            title = document.metadata.title if document.metadata else None
        except pypdf.errors.DependencyError:
            raise InputError("an encrypted PDF") from None
    text = join_lines("\n".join(pages))
    if not text:
        raise InputError("a PDF without text (scanned pages?)")
    return [clean({"text": text, "title": title and str(title)})]


def join_lines(text: str) -> str:
    """Printed lines as paragraphs, which end at a blank line, or at a short line that ends a sentence."""
    rows = [row.strip() for row in HYPHENATED.sub("", text).splitlines()]
    longest = sorted(map(len, filter(None, rows)))
    width = longest[-(len(longest) // 4 + 1)] if longest else 0
    paragraphs, current = [], []
    for row in rows:
        current.append(row)
        if not row or (len(row) < 0.75 * width and row[-1] in ".!?:”\"'’"):
            paragraphs.append(" ".join(filter(None, current)))
            current = []
    paragraphs.append(" ".join(filter(None, current)))
    return "\n\n".join(filter(None, paragraphs))


PARSERS: dict[str, Parser] = {"HTML": parse_html, "a feed": parse_feed, "PDF": parse_pdf}
