"""What every reader hands over: an Article fit for extraction, or a Skip that says why not.

Here stand the bounds that keep one hostile file from stopping a run, and what all formats share: finding
out an encoding, writing a date as ISO 8601, telling English from other languages.
"""

from __future__ import annotations

import codecs
import io
import logging
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, TypeAlias

from extract.errors import InputError
from extract.model import Article, content_id

MAX_FILE = 32 * 2**20  # bytes of a file that is read as a whole, and of one record of the others
MAX_TEXT = 300_000  # characters of one article: ten times a long one; rules take minutes beyond
MAX_WORD = 10_000  # characters without a blank: no language, and the tokenizer's worst case
SAMPLE = 2**16  # bytes that show an encoding or a format
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
NO_LETTER = re.compile("[^À-ÖØ-öø-ɏ‘’“”‚„–—…•€£§©®°«»¡¿·½´\xa0\xad]")  # nor a mark of print
CAPITALS = "".join(char for char in map(chr, range(0xC0, 0x250)) if char.isupper())
MISPLACED = re.compile(f"[a-z][{CAPITALS}]")  # a capital inside a word
SURROGATE = re.compile("[\ud800-\udfff]")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
CONTROL_BYTES = bytes({*range(9), *range(14, 27), *range(28, 32), 127})
LATIN_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
ENGLISH = frozenset(
    {"the", "and", "to", "that", "for", "with", "from", "has", "have", "had", "said", "says", "by", "his",
     "her", "their", "its", "which", "who", "an", "are", "been", "were", "would", "not", "after", "this",
     "they", "at", "on", "as", "is", "be", "but", "will"}
)  # fmt: skip
NAMED = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
MONTHS = {name: number for number, name in enumerate(NAMED.split("|"), 1)}
DATE_FORMS = (
    re.compile(r"(?P<y>\d{4})(?:[-/.](?P<m>\d\d?)(?:[-/.](?P<d>\d\d?))?)?(?=$|[t\s,])"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)(?=$|[t\s])"),
    re.compile(rf"(?:[a-z]{{1,20}},?\s)?(?P<d>\d\d?)(?:st|nd|rd|th)?[\s-]{{1,3}}(?P<n>{NAMED})[a-z]{{0,9}}\.?,?[\s-]{{1,3}}(?P<y>\d{{4}})\b"),
    re.compile(rf"(?:[a-z]{{1,20}},?\s)?(?P<n>{NAMED})[a-z]{{0,9}}\.?\s(?P<d>\d\d?)(?:st|nd|rd|th)?,?\s(?P<y>\d{{4}})\b"),
    re.compile(rf"(?:[a-z]{{3}}\s+)(?P<n>{NAMED})\s+(?P<d>\d\d?)\s[\d:]+\s(?:[a-z]+\s)?(?P<y>\d{{4}})$"),
    re.compile(rf"(?P<n>{NAMED})[a-z]{{0,9}}\.?,?\s(?P<y>\d{{4}})$"),
)  # fmt: skip

Stream: TypeAlias = "io.BufferedReader[Any]"


@dataclass(frozen=True, slots=True)
class Skip:
    """Something that is no article for us: `origin` names file and line, `reason` is one line."""

    origin: str
    reason: str


def admit(
    origin: str,
    text: str,
    *,
    own_id: str | None = None,
    title: str | None = None,
    published: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    metadata: Mapping[str, str] | None = None,
) -> Article | Skip:
    """The article with this text, or why it can't be read; a date that can't be read goes to the metadata."""
    text = whole(text)
    if reason := find_fault(text):
        return Skip(origin, reason)
    title, url, publisher, own_id = map(one_line, (title, url, publisher, own_id))
    day = iso_date(published or "")
    rest = {whole(key): whole(value) for key, value in (metadata or {}).items()}
    if published and published.strip() and day is None:
        rest["published"] = whole(published)
    key = own_id or content_id(title or "", text, day or "", publisher or "")
    return Article(key, text, title, day, url, publisher, MappingProxyType(rest), origin)


def whole(text: str) -> str:
    """The text with each unpaired surrogate replaced, one for one, so that every store can hold it."""
    return SURROGATE.sub("\ufffd", text)


def one_line(text: str | None) -> str | None:
    """The text with blanks and line breaks made single blanks; None when nothing is left."""
    return " ".join(whole(text).split()) or None if text else None


def find_fault(text: str) -> str | None:
    """Why this text is no article to read; None when it is one."""
    if not text.strip():
        return "empty"
    if len(text) > MAX_TEXT:
        return f"longer than {MAX_TEXT:,} characters; split it into articles"
    if len(CONTROL.findall(text)) * 10 > len(text):
        return "not text: too many control characters"
    if any(len(word) > MAX_WORD for word in text.split()):
        return f"not text: more than {MAX_WORD:,} characters without a blank"
    language = find_language(text)
    return None if language == "en" else f"not in English but {language}"


def find_language(text: str) -> str:
    """The text's language; anything too short to tell counts as English, "en"."""
    words = [word.lower() for word in LATIN_WORD.findall(text[:20_000])]
    if not words or sum(word in ENGLISH for word in words) >= 0.12 * len(words):
        return "en"
    latin = sum(word[0] < "\u0250" for word in words)
    if latin * 2 > len(words) and len(words) < 25:
        return "en"
    from py3langid import classify

    with quiet():
        return str(classify(" ".join(words))[0])


def iso_date(text: str) -> str | None:
    """A date as YYYY, YYYY-MM or YYYY-MM-DD, the day as written whatever its time zone; None when unsure."""
    plain = " ".join(text[:100].lower().split())
    for form in DATE_FORMS:
        if found := form.match(plain):
            parts = found.groupdict()
            month = parts.get("m") or MONTHS.get(parts.get("n") or "")
            return check_date(parts["y"], month, parts.get("d"))
    return None


def check_date(year: str, month: str | int | None, day: str | None) -> str | None:
    """The date's parts in ISO 8601; None when the calendar has no such day."""
    try:
        known = date(int(year), int(month or 1), int(day or 1)).isoformat()
    except ValueError:
        return None
    return known[: 10 if day else 7 if month else 4]


def find_encoding(sample: bytes) -> str | None:
    """The encoding of text that begins with these bytes; None for binary data and what can't be told."""
    for mark, name in MARKS:
        if sample.startswith(mark):
            return name
    if wide := find_wide(sample):
        return wide
    if len(sample) - len(sample.translate(None, CONTROL_BYTES)) > len(sample) // 10:
        return None
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=False)
    except UnicodeDecodeError:
        return None if b"\0" in sample else guess_encoding(sample)
    return "utf-8"


def find_wide(sample: bytes) -> str | None:
    """UTF-16 without its mark, which shows by zeros in every second byte."""
    if len(sample) < 4:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd * 4 > len(sample) and even * 100 < len(sample):
        return "utf-16-le"
    return "utf-16-be" if even * 4 > len(sample) and odd * 100 < len(sample) else None


def guess_encoding(sample: bytes) -> str | None:
    """What an 8-bit text is written in: Western or Central European where that fits, else the best guess.

    None where most of it is UTF-8: that text is damaged, and another encoding would make it worse.
    """
    repaired = sample.decode("utf-8", "replace")
    if sum(char > "\x7f" for char in repaired) > 2 * repaired.count("\ufffd"):
        return None
    for encoding in ("cp1252", "mac_roman", "cp1250", "iso8859_2"):
        if fits(sample, encoding):
            return encoding
    from charset_normalizer import from_bytes

    with quiet():
        best = from_bytes(sample).best()
    return best.encoding if best else None


def fits(sample: bytes, encoding: str) -> bool:
    """Whether the encoding makes Latin letters and quotes of the odd bytes, where a text can have them."""
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return False
    odd = [char for char in text if char > "\x7f"]
    return len(odd) * 5 < len(text) and not NO_LETTER.search("".join(odd)) and not MISPLACED.search(text)


def decode(data: bytes) -> str:
    """The bytes as text, without a byte order mark; raises InputError when they are none."""
    encoding = find_encoding(data)
    if encoding is None:
        raise InputError("binary data or a broken encoding")
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise InputError(f"broken encoding: byte {error.start:,} is not {encoding}") from None


def read_bounded(stream: Stream, limit: int = MAX_FILE) -> bytes:
    """All bytes of a file, or an InputError when there are more than the limit."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise InputError(f"larger than {limit // 2**20} MB; split it into articles")
    return data


@contextmanager
def quiet() -> Iterator[None]:
    """Keep a foreign parser's warnings and log lines off the user's screen."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
