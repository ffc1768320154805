"""One article or several in a plain-text file: made-up files both ways, and the shared ones."""

# ruff: noqa: E501  (tables of texts, one a line)

from __future__ import annotations

import io
import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import documents, intake, readers
from extract.model import Article
from extract.plain_text import find_blocks, is_dateline, read_text, split_articles

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "eval" / "dev"

FLEET = """Norland Sends Two Frigates Into the Strait of Orm

PORT ALMA — Norland ordered two frigates into the Strait of Orm on Tuesday, Defence Minister Karl Brandt said, after gunmen boarded a tanker there last week.

Brandt told parliament in Port Alma that the ships would protect merchant vessels. Admiral Ines Falk commands the squadron.

The neighbouring Republic of Sarn protested. Its foreign minister, Petru Vasil, called the order a threat to the peace of the region and summoned the ambassador of Norland."""

COURT = """Sarn Court Frees Editor of Opposition Paper

VELNO, May 4, 2016 (NNA) - A court in the capital of Sarn on Wednesday released Mira Kosta, the editor of the daily Libera, who had spent eleven months in prison.

Kosta thanked her lawyers and readers. The Journalists' Union said that the charges against her had been invented by the Interior Ministry.

Prosecutor Dan Ruse said he would appeal to the Supreme Court within ten days."""

TALKS = """Talks on Grain Between Sarn and Norland Collapse

Negotiators from Sarn and Norland left the town of Ebbe on Friday without an agreement on grain, officials of both countries said, and did not name a date for another round.

The chief negotiator of Norland, Helga Strand, said that Sarn had asked for prices nobody could pay. “We were ready to sign,” Strand told reporters in Ebbe.

Petru Vasil, the foreign minister of Sarn, denied that. He said his delegation had brought three proposals, and that Strand had read none of them.

The World Food Board, which had paid for the conference, regretted the outcome. Its director, Omar Tahir, warned that bread would become dearer in both countries before the winter, and offered to send experts to the two capitals. Traders in Port Alma said on Friday that prices had risen by four per cent within an hour of the announcement."""

VOTE = """Islanders vote to stay with Norland

Islanders casting ballots in the harbour of Tamm on Sunday, June 5, 2016. (NNA Photo/Ole Rist)
Islanders casting ballots in the harbour of Tamm on Sunday, June 5, 2016. (NNA Photo/Ole Rist)
Tamm, NNA—The people of the Tamm islands voted by a large majority to remain a part of Norland on Sunday, the returning officer announced.

Turnout was 81 per cent. Governor Liv Aas congratulated both camps."""

STORM = """Storm cuts off villages in the north

By Anna Lind

Heavy snow closed all roads to eleven villages in the north of Norland, and soldiers carried food to them on skis.

The governor asked the army for two helicopters. They will arrive today, the army said."""

BANK = """Central bank raises rates

June 7, 2016

The central bank of Sarn raised its main rate to six per cent and said that it expected prices to fall.

Governor Ilie Marin said the decision had been unanimous."""

SEVERAL = {
    "a dateline with a dash": [FLEET, COURT],
    "a dateline with date and agency": [TALKS, COURT],
    "no dateline at all": [FLEET, TALKS],
    "no dateline, the other way": [COURT, TALKS],
    "captions, twice the same, and no blank line behind": [COURT, VOTE],
    "a byline": [FLEET, STORM],
    "a line with the date": [STORM, BANK],
    "all of them": [FLEET, COURT, TALKS, VOTE, STORM, BANK],
    "all of them in another order": [BANK, VOTE, TALKS, STORM, COURT, FLEET],
}
JOINED = {
    "blank line": "\n\n",
    "three blank lines": "\n\n\n\n",
    "a rule": "\n\n* * *\n\n",
    "a long rule": "\n\n--------------------\n\n",
    "Windows lines": "\r\n\r\n",
}


@pytest.mark.parametrize("between", JOINED.values(), ids=JOINED)
@pytest.mark.parametrize("articles", SEVERAL.values(), ids=SEVERAL)
def test_several_articles_are_told_apart(articles: list[str], between: str) -> None:
    text = between.join(articles) + "\n"
    if between.startswith("\r"):
        text, articles = (
            text.replace("\r\n", "\n").replace("\n", "\r\n"),
            [article.replace("\n", "\r\n") for article in articles],
        )
    assert [text[part[0].start : part[-1].end] for part in split_articles(text)] == articles


@pytest.mark.parametrize("article", [FLEET, COURT, TALKS, VOTE, STORM, BANK])
def test_each_of_them_alone_is_one(article: str) -> None:
    assert len(split_articles(article)) == 1


def test_wrapped_lines_are_paragraphs() -> None:
    import textwrap

    wrapped = ["\n\n".join(textwrap.fill(p, 72) for p in a.split("\n\n")) for a in (FLEET, COURT, TALKS)]
    text = "\n\n".join(wrapped)
    assert [text[part[0].start : part[-1].end] for part in split_articles(text)] == wrapped


LONG = TALKS.partition("\n\n")[2]
ONE = {
    "short subheads": f"{TALKS}\n\nBackground\n\n{LONG}\n\nWhat happens next?\n\nBoth sides will meet again in June, Strand said.",
    "a subhead that repeats its section": f"{TALKS}\n\nPrices rise again\n\nPrices rose again on Monday, traders said. {LONG}",
    "a subhead of six words before a pronoun": f"{TALKS}\n\nNo New Date for the Negotiators\n\nThey did not name a new date on Friday. {LONG}",
    "a subhead before a surname": f"{TALKS}\n\nStrand Blames the Other Side Again\n\nStrand told reporters on Friday that Sarn had wrecked the talks of the week. {LONG}",
    "a section that goes on": f"{TALKS}\n\nExperts to Visit Both Capitals Soon\n\nMeanwhile, experts of the World Food Board are to visit both capitals on Monday. {LONG}",
    "a subhead before a courtesy title": f"{TALKS}\n\nFood Board Warns of Dearer Bread\n\nMr Tahir warned on Friday of dearer bread. {LONG}",
    "a list": f"{TALKS}\n\nWhat was on the table:\n\n- Grain for oil\n- A fund for farmers\n- Joint patrols in the Strait of Orm\n\n{LONG}",
    "numbered points": f"{TALKS}\n\n1. Grain for oil\n\n2. A fund for farmers\n\n3. Joint patrols\n\n{LONG}",
    "questions and answers": f"{TALKS}\n\nWhy did the talks fail?\n\nNobody gave way, diplomats said.\n\nWho pays?\n\nThe board pays for all.",
    "a picture in the middle": f"{TALKS}\n\nHelga Strand arrives in Ebbe on Friday. (NNA Photo/Ole Rist)\n\n{LONG}",
    "short paragraphs": "Mine closes\n\nThe mine at Hult closed.\n\nNobody was hurt.\n\nThe owner wept.\n\nHe is ninety.\n\nThe union will sue.",
    "a section break": f"{TALKS}\n\n* * *\n\n{LONG}",
    "a correction at the end": f"{TALKS}\n\nReporting by Anna Lind\n\nCorrection\n\nAn earlier version misspelled Ebbe.",
    "an interview": f"{TALKS}\n\nQ: Will you go back to Ebbe?\n\nA: Not before Friday.\n\nQ: And then?\n\nA: We shall see.",
    "contact lines at the end": f"{TALKS}\n\nWorld Food Board\nPress Office\nEbbe",
    "a poem": "The Strait of Orm\n\nThe ships go out at morning\nThe ships come home at night\nThe strait of Orm is narrow\nThe strait of Orm is bright",
    "headline, dek and captions": "Mine closes after ninety years\n\nOwner blames the price of coal\n\nA miner at Hult on Monday,\n\nThe mine at Hult closed on Monday, its owner said.",
    "one line": "Norland ordered two frigates into the Strait of Orm on Tuesday.",
    "one headline": "Norland Sends Two Frigates",
    "headlines only": "Norland Sends Frigates\n\nSarn Court Frees Editor of Opposition Paper\n\nTalks on Grain Collapse",
    "all in capitals": FLEET.upper(),
}  # fmt: skip


@pytest.mark.parametrize("text", ONE.values(), ids=ONE)
def test_one_article_stays_one(text: str) -> None:
    assert len(split_articles(text)) == 1


@pytest.mark.xfail(strict=True, reason="the same people, no dateline, no date: nothing sets it apart")
def test_a_bare_follow_up_is_told_apart() -> None:
    follow_up = (
        "Strand resigns\n\nHelga Strand, the chief negotiator of Norland, has resigned. She gave no reason."
    )
    assert len(split_articles(f"{TALKS}\n\n{follow_up}")) == 2


@pytest.mark.parametrize(
    "lead",
    ["London- Norland’s minister", "Kiev, AP—The", "Moscow, Reuters—Two", "RAMALLAH, West Bank (AP) - Marwan", "VELNO - Talks",
     "BRUSSELS, Belgium (AP) -- The", "VELNO – Lawmakers", "SANTIAGO, Dec 7 (IPS) - The", "GENEVA, Sept. 14, 2013 — The",
     "NEW LONDON, Conn. -- Serial", "Cairo, Asharq Al-Awsat—Egypt", "Beirut – “We will fight”"],
)  # fmt: skip
def test_a_dateline_is_seen(lead: str) -> None:
    assert is_dateline(lead)


@pytest.mark.parametrize(
    "lead",
    ["Sarn is not ready — he said", "Brandt — the minister", "Meanwhile, Foreign Minister Vasil", "Russian-Iranian talks",
     "The vote - Which was held", "Al-Werfalli, a Major — said", "Twenty-five people", "US-led forces", "london - The"],
)  # fmt: skip
def test_other_dashes_are_no_dateline(lead: str) -> None:
    assert not is_dateline(lead)


def read(text: str) -> list[Article]:
    found = list(read_text("file.txt", io.BufferedReader(io.BytesIO(text.encode()))))
    return [article for article in found if isinstance(article, Article)]


@pytest.mark.parametrize(
    ("text", "title", "published"),
    [
        (FLEET, "Norland Sends Two Frigates Into the Strait of Orm", None),
        (COURT, "Sarn Court Frees Editor of Opposition Paper", "2016-05-04"),
        (BANK, "Central bank raises rates", "2016-06-07"),
        (STORM.replace("By Anna Lind", "Published: 2016-06-08"), "Storm cuts off villages in the north", "2016-06-08"),
        (STORM.replace("By Anna Lind", "Updated on Wednesday, 8 June 2016, 10:30"), "Storm cuts off villages in the north", "2016-06-08"),
        (LONG, None, None),
        (FLEET.replace("PORT ALMA — ", "PORT ALMA, June 8 — "), "Norland Sends Two Frigates Into the Strait of Orm", None),
    ],
)  # fmt: skip
def test_title_and_date_are_what_the_article_gives(
    text: str, title: str | None, published: str | None
) -> None:
    (article,) = read(text)
    assert (article.text, article.title, article.published) == (text, title, published)
    assert article.origin == "file.txt"


def test_the_origin_of_one_among_several_is_its_line() -> None:
    assert [a.origin for a in read(f"{FLEET}\n\n{COURT}")] == ["file.txt:1", "file.txt:9"]


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_the_shared_file_holds_six_articles() -> None:
    path = SHARED / "articles.txt"
    if not path.exists():
        pytest.skip("../shared, with the development articles, is not here")
    gold = [json.loads(line) for line in lines_of(SHARED / "articles.jsonl")]
    found = read(path.read_text(encoding="utf-8"))
    assert [a.text for a in found] == [g["text"].strip() for g in gold[:6]]
    assert [a.title for a in found] == [g["title"] for g in gold[:6]]


def test_joined_real_articles_are_mostly_told_apart_and_never_cut() -> None:
    path = SHARED / "articles.jsonl"
    if not path.exists():
        pytest.skip("../shared, with the development articles, is not here")
    texts = [json.loads(line)["text"].strip() for line in lines_of(path)]
    chance = random.Random(1)
    found = hits = wrong = 0
    for _ in range(30):
        chosen = chance.sample(texts, 6)
        starts = {sum(len(t) + 2 for t in chosen[:i]) for i in range(1, 6)}
        seen = {part[0].start for part in split_articles("\n\n".join(chosen))} - {0}
        hits, wrong, found = hits + len(starts & seen), wrong + len(seen - starts), found + len(starts)
    assert wrong == 0
    assert hits >= 0.75 * found


@given(st.text(alphabet="Aa.- ,\n\r\"'’—(1)\u2028é", max_size=300))
def test_parts_are_in_order_and_lose_no_word(text: str) -> None:
    parts = [block for part in split_articles(text) for block in part]
    assert [b.start for b in parts] == sorted(b.start for b in parts)
    assert all(text[b.start : b.end] == b.text for b in parts)
    kept = "".join(c for b in parts for c in b.text if c.isalnum())
    assert kept == "".join(c for c in text if c.isalnum())


@given(st.text(max_size=200))
def test_blocks_quote_the_text(text: str) -> None:
    assert all(text[b.start : b.end] == b.text and b.text.strip() for b in find_blocks(text))


UNITS = [
    "A", "Aa ", "Aa al-", "Aa, ", "Aa - ", "(", "[photo ", "(ap ", "\"", "A’", ". ", "1.", "by A ", "January 1 ", "Aa\n",
    "a b c d e f g\n\n", "Putin Meets Assad in Damascus\n\nHe met Bashar Assad on Monday there.\n\n", " ", "\n", "é\u0301", "…”",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_steps_grow_with_the_length_only(unit: str) -> None:
    """Lines of our own code run for a crafted text grow no faster than the text."""
    few, many = (count_steps((unit * size)[:size]) for size in (8_000, 32_000))
    assert many < 5 * few


def count_steps(text: str) -> int:
    """Lines of the splitter executed for a text."""
    steps = 0

    def trace(frame: FrameType, event: str, _: object) -> object:
        nonlocal steps
        steps += event == "line"
        return trace if frame.f_code.co_filename.endswith("plain_text.py") else None

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        split_articles(text)
    finally:
        sys.settrace(before)
    return steps


READ: dict[str, Callable[[str], object]] = {
    "articles": split_articles,
    "faults": intake.find_fault,
    "dates": intake.iso_date,
    "markup": documents.text_of,
    "printed lines": documents.join_lines,
    "pages": lambda text: documents.decode_page(text.encode()),
    "first bytes": lambda text: readers.sniff(text.encode()),
}
MARKUP = ["<", "<?xml ", "<meta ", "<!--", "<html ", "&", "&#1", "<p>", "a-\n", "<![CDATA["]


@pytest.mark.parametrize("read", READ.values(), ids=READ)
def test_no_text_can_stall_an_expression(read: Callable[[str], object]) -> None:
    """Four times the text costs about four times as much; sixteen times as much would be a trap."""
    for unit in UNITS + MARKUP:
        few, many = (cost(read, (unit * size)[:size]) for size in (15_000, 60_000))
        assert many < 10 * few + 0.1, unit


def cost(read: Callable[[str], object], text: str) -> float:
    """Seconds of processor time that reading takes, the better of two."""
    times = []
    for _ in range(2):
        start = time.process_time()
        read(text)
        times.append(time.process_time() - start)
    return min(times)
