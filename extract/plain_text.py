"""Plain text: one article, or several one after another under their headlines.

A file is read as blocks (paragraphs) of a few kinds. Where headline-like blocks stand between two pieces of
body text, a new article may begin, or only a section of the same one. What an article has and a section has
not decides: a dateline, a byline, a date, a photo caption, a headline that sums up what follows, someone
introduced anew by the full name. A section goes on in the middle: "He …", "The minister …", "But …".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from extract.intake import NAMED, Skip, Stream, admit, decode, iso_date, read_bounded
from extract.model import Article

Kind = Literal["body", "head", "caption", "byline", "date", "rule"]
NEEDED = 5  # points that make a new article
WINDOW = 60  # blocks before and after a headline that are looked at
WRAPPED = 120  # characters; longer lines are paragraphs of their own

LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+|\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
WORD = re.compile(r"[^\W_][\w'’.-]*")
SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
CREDIT = re.compile(
    r"[(\[][^()\[\]]{0,120}\b(?:photo|photos|photograph|image|images|picture|file|handout|courtesy|pool|getty|"
    r"reuters|ap|afp|epa|via)\b[^()\[\]]{0,120}[)\]]\.?$",
    re.I,
)
CAPTION = re.compile(r"(?:photo|image|picture|caption|file photo|in this photo)\b.{0,40}[:,]", re.I)
BYLINE = re.compile(r"(?i:by|reporting by|writing by|from|story by)[ :]\s*[A-Z]")
DATED = re.compile(
    rf"(?:(?:published|updated|posted|date|last updated)\b[ :]*(?:on |at )?)?(?:[a-z]{{3,9}}day,? )?"
    rf"(?:\d{{4}}-\d\d-\d\d|(?:{NAMED})[a-z]*\.? \d\d?(?:st|nd|rd|th)?,? \d{{4}}|"
    rf"\d\d?(?:st|nd|rd|th)? (?:{NAMED})[a-z]*\.?,? \d{{4}})(?:[ ,|–—-].{{0,30}})?$",
    re.I,
)
DATE_LABEL = re.compile(r"^(?:published|updated|posted|date|last updated)\b[ :]*(?:on |at )?", re.I)
ITEM = re.compile(r"(?:[-*•–—·>]|\(?\d{1,3}[.)]|[A-Za-z][.)])\s")
DATELINE = re.compile(
    r"[A-Z][\w.'’]{1,30}(?:[ -][A-Z][\w.'’]{1,30}){0,3}(?:, [A-Z][\w.]{1,30}(?: [A-Z][\w.]{1,30})?)?"
    rf"(?P<date>,? (?:(?i:{NAMED})[a-z]{{0,9}}\.? \d\d?|\d\d? (?i:{NAMED})[a-z]{{0,9}}\.?)(?:,? \d{{4}})?)?"
    r"(?:,? ?\([A-Z][\w. /&-]{1,30}\)|, ?[A-Z][\w-]{1,12}(?: [A-Z][\w-]{1,12})?)?"
    r"(?: ?[—–] ?| ?-{1,2} )(?=[\"'“‘]?[A-Z0-9])"
)
WHEN = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|"
    rf"(?:{NAMED})[a-z]*\.? \d\d?|\d\d? (?:{NAMED})[a-z]*)\b",
    re.I,
)
FULL_NAME = re.compile(
    r"\b(?!(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep)\b)[A-Z][a-zà-ÿ]+(?: (?:al|bin|el|de|van|von)[ -])?"
    r"[ -](?:al-|Al-|el-)?[A-Z][\w’'-]+"
)
INNER_NAME = re.compile(r"(?<=[a-z,;] )(?!(?:Mr|Mrs|Ms|Dr|[A-Z][a-z]+day)\b)[A-Z][\w’'-]{2,}")
POSSESSIVE = re.compile(r"['’]s$")
SURNAME = re.compile(r"(?:(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep)\.? )?(?P<name>[A-Z][\w-]+)")
GOES_ON = re.compile(
    r"[\"“‘']?(?:he|she|it|they|we|i|his|her|its|their|this|that|these|those|such|but|and|or|so|yet|also|"
    r"however|meanwhile|moreover|nevertheless|still|then|later|earlier|another|other|others|both|there|here|"
    r"in addition|for (?:his|her|its|their) part|at the same time|on the other hand|"
    r"the (?:two|three|four|latter|former|same))\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph: its place in the file, its first line's number, the blank lines before it."""

    text: str
    start: int
    end: int
    line: int
    gap: int
    kind: Kind


def read_text(name: str, stream: Stream) -> Iterator[Article | Skip]:
    """The article or articles of a plain-text file, each verbatim from its headline on."""
    text = decode(read_bounded(stream))
    parts = split_articles(text)
    for blocks in parts:
        start, end = blocks[0].start, blocks[-1].end
        origin = name if len(parts) == 1 else f"{name}:{blocks[0].line}"
        yield admit(origin, text[start:end], title=find_title(blocks), published=find_date(blocks))
    if not parts:
        yield Skip(name, "empty")


def split_articles(text: str) -> list[list[Block]]:
    """The blocks of each article; rules between articles belong to none."""
    blocks = find_blocks(text)
    starts = [0, *find_starts(blocks), len(blocks)]
    parts = (trim(blocks[a:b]) for a, b in pairwise(starts))
    return [part for part in parts if part]


def trim(blocks: list[Block]) -> list[Block]:
    """The blocks without rules at either end."""
    kept = [i for i, block in enumerate(blocks) if block.kind != "rule"]
    return blocks[kept[0] : kept[-1] + 1] if kept else []


def find_blocks(text: str) -> list[Block]:
    """The paragraphs of a text: its lines, or where lines are wrapped, what stands between blank lines."""
    rows = list(find_lines(text))
    if is_wrapped(rows):
        rows = list(join_wrapped(text, rows))
    return [Block(row, start, start + len(row), line, gap, kind_of(row)) for row, start, line, gap in rows]


Row = tuple[str, int, int, int]


def find_lines(text: str) -> Iterator[Row]:
    """Each line that is not blank, with its start, its number and the count of blank lines before it."""
    number, gap = 1, 0
    blank = True
    for found in LINE.finditer(text):
        row = found.group().strip()
        if found.group()[0] in "\n\r\x0b\x0c\x85\u2028\u2029":
            number, gap, blank = number + 1, gap + blank, True
        elif row:
            yield row, found.start() + found.group().index(row[0]), number, gap
            gap, blank = 0, False


def is_wrapped(rows: Sequence[Row]) -> bool:
    """Whether sentences run on over short lines."""
    inner = [(a[0], b[0]) for a, b in pairwise(rows) if b[3] == 0]
    if len(inner) < 3 or max(len(row) for row, *_ in rows) > WRAPPED:
        return False
    running = sum(len(a) > 40 and not SENTENCE_END.search(a) for a, _ in inner)
    return running * 2 > len(inner)


def join_wrapped(text: str, rows: Sequence[Row]) -> Iterator[Row]:
    """The paragraphs that wrapped lines make, between blank lines."""
    first = 0
    for i in range(1, len(rows) + 1):
        if i == len(rows) or rows[i][3] > 0:
            start, last = rows[first][1], rows[i - 1]
            yield text[start : last[1] + len(last[0])], start, rows[first][2], rows[first][3]
            first = i


def kind_of(text: str) -> Kind:
    """What a paragraph is, judged by itself."""
    words = WORD.findall(text)
    if not words:
        return "rule"
    if len(words) <= 16 and DATED.match(text):
        return "date"
    if len(words) <= 12 and BYLINE.match(text) and not text.endswith((".", "!", "?")):
        return "byline"
    if len(words) <= 80 and (CREDIT.search(text) or CAPTION.match(text)):
        return "caption"
    if ITEM.match(text) or len(words) > 25 or (SENTENCE_END.search(text) and not is_question(text, words)):
        return "body"
    return "caption" if text.endswith(",") else "head"


def is_question(text: str, words: Sequence[str]) -> bool:
    """A short line that asks may be a headline."""
    return len(words) <= 12 and text.endswith("?") and "." not in text


def find_starts(blocks: Sequence[Block]) -> list[int]:
    """Where, after the first block, an article begins: the index of its headline."""
    starts: list[int] = []
    since, i = 0, 0
    while i < len(blocks):
        end = i
        while end < len(blocks) and blocks[end].kind != "body":
            end += 1
        head = next((k for k in range(i, end) if blocks[k].kind == "head"), None)
        if head is not None and i > 0 and end < len(blocks):
            before, after = blocks[max(since, i - WINDOW) : i], body_after(blocks, end)
            if (
                any(b.kind == "body" for b in before)
                and weigh(blocks[i:end], head - i, before, after) >= NEEDED
            ):
                starts.append(head)
                since = head
        i = max(end, i) + 1
    return starts


def body_after(blocks: Sequence[Block], first: int) -> list[Block]:
    """The body paragraphs from here to the next block of another kind."""
    last = first
    while last < min(len(blocks), first + WINDOW) and blocks[last].kind == "body":
        last += 1
    return list(blocks[first:last])


def weigh(run: Sequence[Block], head: int, before: Sequence[Block], after: Sequence[Block]) -> int:
    """How much speaks for a new article under the headline `run[head]`, in points."""
    title, lead = run[head].text, after[0].text
    opening = " ".join(block.text for block in after[:2])
    words = WORD.findall(title)
    news = words_of(before), words_of(after)
    strong = (
        is_dateline(lead)
        or any(block.kind == "byline" for block in run[head:])
        or any(block.kind == "date" for block in run)
    )
    signs = (
        5 * strong,
        3 * any(CREDIT.search(block.text) for block in run[head:]),
        2 * any(block.kind == "rule" for block in run),
        bool(run[head].gap > 1),
        len(words) >= 5,
        len(words) >= 4 and is_title_case(words),
        bool(len(words) >= 4 and sums_up(words, opening)),
        bool(WHEN.search(opening)),
        min(news) >= 120,
        introduces(" ".join(block.text for block in after[:4]), before),
        sum(block.kind == "head" for block in run) > 1,
        3 * has_new_cast(after, before),
        -4 * bool(GOES_ON.match(lead)),
        -3 * leans(lead, before),
        -2 * (max(news) < 60 and not strong),
        -6 * is_inner(title),
        -3 * (len(words) > 14),
    )
    return sum(signs)


def words_of(blocks: Sequence[Block]) -> int:
    """Words in all these blocks."""
    return sum(len(block.text.split()) for block in blocks)


def is_dateline(lead: str) -> bool:
    """Whether a paragraph opens with place and dash: "London- …", "Kiev, AP—…", "CUZCO, Peru (AP) - …"."""
    return bool(DATELINE.match(lead[:120]))


def is_title_case(words: Sequence[str]) -> bool:
    """Whether the longer words are capitalised."""
    long = [word for word in words if len(word) > 3]
    return bool(long) and sum(word[0].isupper() or not word[0].isalpha() for word in long) >= 0.8 * len(long)


def stems(text: str) -> set[str]:
    """The first five letters of the words that carry sense."""
    return {word.lower().rstrip(".'’")[:5] for word in WORD.findall(text) if len(word) > 3}


def sums_up(words: Sequence[str], opening: str) -> bool:
    """Whether half of the headline's words come back in the paragraphs below it."""
    own = stems(" ".join(words))
    return len(own & stems(opening)) * 2 >= len(own) > 0


@lru_cache(maxsize=4 * WINDOW)
def full_names(text: str) -> frozenset[str]:
    """The names of two words and more in a paragraph."""
    return frozenset(FULL_NAME.findall(text))


@lru_cache(maxsize=4 * WINDOW)
def words_in(text: str) -> frozenset[str]:
    """The words of a paragraph, without the possessive's ending."""
    return frozenset(POSSESSIVE.sub("", word) for word in WORD.findall(text))


def introduces(opening: str, before: Sequence[Block]) -> bool:
    """Whether the paragraphs give in full a name that had been given in full already."""
    names = full_names(opening)
    return any(not names.isdisjoint(full_names(block.text)) for block in before)


def has_new_cast(after: Sequence[Block], before: Sequence[Block]) -> bool:
    """Whether nearly all names in the paragraphs are strange to the text above."""
    names = {POSSESSIVE.sub("", name) for block in after[:5] for name in INNER_NAME.findall(block.text)}
    known = sum(any(name in words_in(block.text) for block in before) for name in names)
    return len(names) >= 4 and known * 10 <= len(names) >= 4 and known * 10 <= len(names)


def leans(lead: str, before: Sequence[Block]) -> bool:
    """Whether a paragraph opens on a bare surname that only the text above introduces."""
    found = SURNAME.match(lead)
    if not found:
        return False
    name = found["name"]
    given = any(full.endswith(f" {name}") for full in full_names(lead))
    return not given and any(full.endswith(f" {name}") for block in before for full in full_names(block.text))


def is_inner(title: str) -> bool:
    """Whether a line names a part of an article: "Background", "What happens next?", "Key points"."""
    return len(WORD.findall(title)) <= 3


def find_title(blocks: Sequence[Block]) -> str | None:
    """The article's headline: its first block, where that is one and text follows."""
    if len(blocks) < 2 or all(block.kind != "body" for block in blocks[1:]):
        return None
    return next((b.text for b in blocks[:3] if b.kind == "head"), None) if blocks[0].kind != "body" else None


def find_date(blocks: Sequence[Block]) -> str | None:
    """The date an article gives of itself: a line of its own in its head, or a full one in its dateline."""
    for block in blocks[:8]:
        if block.kind == "date":
            return iso_date(DATE_LABEL.sub("", block.text))
        if block.kind == "body":
            found = DATELINE.match(block.text[:120])
            return iso_date((found["date"] or "").strip(" ,")) if found else None
    return None
