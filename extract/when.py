"""When and where: dates and places of a clause, and the dateline an article opens with.

Only the parser's DATE spans are read, never free text, so that the verbs "may" and "march" are no months.
Relative dates are resolved against the article's date; without one, only full dates are. What a phrase
leaves open stays open: "March 2014" is a month, not a day.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from extract import gazetteer
from extract.model import Mention, Precision

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december",
)  # fmt: skip
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORT = {m[:3]: i for i, m in enumerate(MONTHS, 1)} | {"sept": 9}
NUMBERS = {
    word: i
    for i, word in enumerate(
        ["a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
} | {"an": 1, "one": 1, "couple": 2}
MONTH = rf"(?P<month>{'|'.join(MONTHS)}|{'|'.join(SHORT)})\.?"
UPTO = r"(?:\s*[-–—]\s*|\s+(?:to|and|until|through)\s+(?:the\s+)?)"
YEAR = r"(?:,?\s+(?:of\s+)?(?P<year>(?:1[89]|20)\d\d))?"
TH = r"(?:st|nd|rd|th)?"
MONTH_DAY = re.compile(rf"{MONTH}\s+(?P<day>\d\d?){TH}(?:{UPTO}(?P<last>\d\d?){TH})?{YEAR}(?!\d)")
DAY_MONTH = re.compile(rf"(?P<day>\d\d?){TH}(?:{UPTO}(?P<last>\d\d?){TH})?\s+(?:of\s+)?{MONTH}{YEAR}(?!\d)")
MONTH_ONLY = re.compile(rf"\b{MONTH}{YEAR}$")
ISO = re.compile(r"(?P<year>\d{4})-(?P<number>\d\d)-(?P<day>\d\d)$")
YEARS = re.compile(
    r"(?<![\d/.])(?P<first>(?:1[89]|20)\d\d)(?:\s*(?:[-–—]|to|and)\s*(?P<last>(?:1[89]|20)?\d\d))?$"
)
SHIFT = re.compile(
    rf"(?P<n>(?<!\d)\d{{1,4}}|{'|'.join(NUMBERS)})(?: of)? (?P<unit>day|week|month|year)s? "
    r"(?P<way>ago|earlier|before|later|after|previously)\b"
)
NEAR = re.compile(r"(?P<which>this|last|next|past|previous|following|coming) (?P<unit>day|week|month|year)\b")
WEEKDAY = re.compile(rf"(?:(?P<which>last|next|this|past|coming|following) )?(?P<day>{'|'.join(DAYS)})\b")
PLAIN = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "overnight": 0}
PARSED = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}$")
PLACE_WORDS = frozenset({"in", "at", "near", "outside", "inside", "around"})
OUTLET = r"(?:\((?P<outlet>[A-Z][\w. /&-]{1,30})\)|,?\s(?P<bare>AP|AFP|UPI|EFE|DPA|TASS|ANSA))"
DATELINE = re.compile(
    r"\s*(?P<place>[A-Z][\w.'’/-]{1,30}(?: [A-Z][\w.'’/-]{1,30}){0,3}"
    r"(?:, [A-Z][\w.]{1,30}(?: [A-Z][\w.]{1,30})?)??)"
    r"(?:,\s(?P<date>(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}|\d{1,2}\s[A-Z][a-z]{2,8})(?:,?\s\d{4})?))?"
    rf"\s?{OUTLET}?\s?(?:[—–]|--|-(?=\s))\s*"
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A DATE span, tokens `first` to `last` (exclusive), and what it means; `end` for a range only."""

    first: int
    last: int
    start: str
    end: str | None
    precision: Precision


@dataclass(frozen=True, slots=True)
class Dateline:
    """What an article opens with: "MOSCOW, March 3 (Reuters) -"; `end` is where its text begins."""

    place: str
    outlet: str | None
    date: str | None
    end: int


Reading = tuple[str, str | None, Precision]


def dates(doc: Doc, published: str | None, triggers: Collection[int] | None = None) -> list[Dated]:
    """The resolved DATE spans of the doc, or of the sentences that hold these tokens."""
    wanted = None if triggers is None else {doc[i].sent.start for i in triggers}
    out: list[Dated] = []
    for span in doc.ents:
        if span.label_ != "DATE" or (wanted is not None and span.sent.start not in wanted):
            continue
        before = out[-1].start if out else published
        if reading := read(span.text, published, ahead=_ahead(span.root), before=before):
            out.append(Dated(span.start, span.end, *reading))
    return out


def date_of(dated: Sequence[Dated], trigger: int, doc: Doc) -> Dated | None:
    """The date that hangs on the same verb as the trigger, the nearest of several."""
    verb = _verb(doc[trigger])
    sent = doc[trigger].sent
    first, last = (bisect_left(dated, edge, key=lambda d: d.first) for edge in (sent.start, sent.end))
    own = [d for d in dated[first:last] if _verb(doc[d.first : d.last].root) == verb]
    return min(own, key=lambda d: abs(d.first - trigger), default=None)


def place_of(doc: Doc, trigger: int, mentions: Sequence[Mention]) -> str | None:
    """The place the clause names with "in", "at", "near" …, the nearest of several."""
    event, verb = doc[trigger], _verb(doc[trigger])
    around = (event, verb, *(child for child in verb.children if child.dep_ in ("nsubj", "dobj", "attr")))
    own = [
        m
        for m in mentions
        if m.kind == "name" and m.type in {"PLACE", "STATE"} and doc[m.head].dep_ == "pobj"
        and doc[m.head].head.lower_ in PLACE_WORDS and doc[m.head].head.head in around
    ]  # fmt: skip
    return min(own, key=lambda m: abs(m.head - trigger)).name if own else None


def dateline(text: str, published: str | None = None) -> Dateline | None:
    """The place, outlet and date an article's text opens with, if it opens with a dateline."""
    found = DATELINE.match(text[:120])
    if not found or not (found["outlet"] or found["bare"] or found["date"] or _dashed(text, found)):
        return None
    reading = read(found["date"], published) if found["date"] else None
    place = ", ".join(
        part.title() if len(part) > 2 and part.isupper() else part for part in found["place"].split(", ")
    )
    return Dateline(place, found["outlet"] or found["bare"], reading and reading[0], found.end())


def first_dateline(text: str, published: str | None = None, lines: int = 12) -> Dateline | None:
    """The dateline of an article that may open with its headline and captions; `end` counts from its line."""
    found = (dateline(line, published) for line in text.split("\n", lines)[:lines])
    return next((line for line in found if line is not None), None)


def _dashed(text: str, found: re.Match[str]) -> bool:
    """A bare known place opens a dateline when a dash stands behind it: "London- Russia's …", "PARIS — …"."""
    place = re.split("[,/]", found["place"])[0]
    known = gazetteer.load()
    named = known.place(place) or known.seat(place) is not None or known.state(place) is not None
    return place.isupper() or named


def _ahead(token: Token) -> bool:
    """Whether the date's verb looks forward: "will meet on Thursday"."""
    verb = _verb(token)
    return any(child.lower_ in {"will", "'ll", "’ll", "shall"} for child in verb.children)


def _verb(token: Token) -> Token:
    """The verb that governs the token, itself if it is one."""
    return next((t for t in (token, *token.ancestors) if t.pos_ in {"VERB", "AUX"}), token)


@lru_cache(maxsize=8192)
def read(
    phrase: str, published: str | None, *, ahead: bool = False, before: str | None = None
) -> Reading | None:
    """A date phrase's start, end and precision; `before` is the date "a week later" counts from."""
    text = " ".join(phrase.lower().split())
    base = _day(published)
    try:
        reading = _full(text, base, ahead)
        if reading is None and base is not None:
            reading = _relative(text, base, ahead, _day(before) or base)
    except OverflowError:  # before the year 1, or after 9999
        return None
    return reading or (_parsed(text) if PARSED.search(text) else None)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _full(text: str, base: date | None, ahead: bool) -> Reading | None:
    """Phrases that name a day, month or year themselves."""
    if found := ISO.search(text):
        return _checked(int(found["year"]), int(found["number"]), int(found["day"]), None)
    if found := (MONTH_DAY.search(text) or DAY_MONTH.search(text)):
        month, day = SHORT[found["month"][:3]], int(found["day"])
        year = int(found["year"]) if found["year"] else _year(base, month, day, ahead)
        return _checked(year, month, day, found["last"]) if year else None
    if found := MONTH_ONLY.search(text):
        month = SHORT[found["month"][:3]]
        year = int(found["year"]) if found["year"] else _year(base, month, 1, ahead or "next" in text)
        return (f"{year}-{month:02}", None, "month") if year else None
    if found := YEARS.search(text):
        last = found["last"]
        return found["first"], last and (found["first"][: 4 - len(last)] + last), "year"
    return None


def _checked(year: int, month: int, day: int, last: str | None) -> Reading | None:
    try:
        start = date(year, month, day)
        end = date(year, month, int(last)) if last else None
    except ValueError:
        return None
    return start.isoformat(), end.isoformat() if end and end > start else None, "day"


def _year(base: date | None, month: int, day: int, ahead: bool) -> int | None:
    """The year a phrase leaves out: the last not after the article, the next when it looks ahead."""
    if base is None:
        return None
    later = (month, day) > (base.month, base.day)
    if ahead:
        return base.year if later or month == base.month else base.year + 1
    return base.year - 1 if later else base.year


def _relative(text: str, base: date, ahead: bool, before: date) -> Reading | None:
    for word, days in PLAIN.items():
        if re.search(rf"\b{word}\b", text):
            return (base + timedelta(days)).isoformat(), None, "day"
    if found := SHIFT.search(text):
        n = int(found["n"]) if found["n"].isdigit() else NUMBERS[found["n"]]
        since = base if found["way"] == "ago" else before
        return _shift(since, n if found["way"] in {"later", "after"} else -n, found["unit"])
    if found := WEEKDAY.search(text):
        return _weekday(base, DAYS.index(found["day"]), found["which"], ahead)
    if found := NEAR.search(text):
        step = {"this": 0, "last": -1, "past": -1, "previous": -1}.get(found["which"], 1)
        return _whole(base, step, found["unit"])
    return None


def _shift(since: date, n: int, unit: str) -> Reading | None:
    """So many days or weeks away is a day; so many months or years away only a month or year."""
    try:
        if unit in {"day", "week"}:
            return (since + timedelta(n * (7 if unit == "week" else 1))).isoformat(), None, "day"
        if unit == "year":
            return f"{date(since.year + n, 1, 1).year:04}", None, "year"
        return f"{(m := since.year * 12 + since.month - 1 + n) // 12:04}-{m % 12 + 1:02}", None, "month"
    except (ValueError, OverflowError):
        return None


def _whole(base: date, step: int, unit: str) -> Reading | None:
    """A whole week as a range of days; a month or year by its own precision."""
    if unit != "week":
        return _shift(base, step, unit)
    monday = base - timedelta(base.weekday()) + timedelta(7 * step)
    return monday.isoformat(), (monday + timedelta(6)).isoformat(), "day"


def _weekday(base: date, day: int, which: str | None, ahead: bool) -> Reading:
    """Today's own name is today; else the last such day, or the next when the clause looks ahead."""
    back = (base.weekday() - day) % 7
    if which in {"next", "coming", "following"}:
        return (base + timedelta(7 - back)).isoformat(), None, "day"
    if back and (ahead or (which == "this" and day > base.weekday())):
        return (base + timedelta(7 - back)).isoformat(), None, "day"
    if which in {"last", "past"} and not back:
        back = 7
    return (base - timedelta(back)).isoformat(), None, "day"


def _parsed(text: str) -> Reading | None:
    """Dates in figures ("24/03/2014"), which dateparser reads day first."""
    import dateparser

    found = dateparser.parse(text, languages=["en"], settings={"DATE_ORDER": "DMY"})
    return (found.date().isoformat(), None, "day") if found else None
