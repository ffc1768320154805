"""Dates of phrases, datelines, and which date a clause owns."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from extract import when

DAY = "2014-03-26"  # a Wednesday


@pytest.mark.parametrize(
    ("phrase", "start", "end", "precision"),
    [
        ("Monday, March 24, 2014", "2014-03-24", None, "day"),
        ("last Tuesday", "2014-03-25", None, "day"),
        ("Wednesday", "2014-03-26", None, "day"),
        ("last Wednesday", "2014-03-19", None, "day"),
        ("next Friday", "2014-03-28", None, "day"),
        ("late Sunday", "2014-03-23", None, "day"),
        ("yesterday", "2014-03-25", None, "day"),
        ("two days ago", "2014-03-24", None, "day"),
        ("three weeks earlier", "2014-03-05", None, "day"),
        ("September 13-15", "2013-09-13", "2013-09-15", "day"),
        ("13 to 15 September 2012", "2012-09-13", "2012-09-15", "day"),
        ("the 3rd of May 2011", "2011-05-03", None, "day"),
        ("last week", "2014-03-17", "2014-03-23", "day"),
        ("earlier this month", "2014-03", None, "month"),
        ("January", "2014-01", None, "month"),
        ("December", "2013-12", None, "month"),
        ("March 2009", "2009-03", None, "month"),
        ("two months ago", "2014-01", None, "month"),
        ("2003", "2003", None, "year"),
        ("last year", "2013", None, "year"),
        ("2014-02-28", "2014-02-28", None, "day"),
        ("24/02/2014", "2014-02-24", None, "day"),
    ],
)
def test_a_phrase_is_read(phrase: str, start: str, end: str | None, precision: str) -> None:
    assert when.read(phrase, DAY) == (start, end, precision)


@pytest.mark.parametrize("published", ["9999-12-31", "0001-01-01"])
@pytest.mark.parametrize(
    "phrase", ["tomorrow", "yesterday", "next week", "last week", "next Friday", "last Friday"]
)
def test_no_phrase_leads_out_of_the_calendar(phrase: str, published: str) -> None:
    found = [when.read(phrase, published), when.read(phrase, published, ahead=True)]
    assert None in found or all(reading is not None and len(reading[0]) == 10 for reading in found)


@pytest.mark.parametrize("count", ["9" * 5, "1" * 6000, "9999"])
def test_a_number_beyond_the_calendar_is_no_date(count: str) -> None:
    assert when.read(f"{count} years ago", DAY) is None


@pytest.mark.parametrize(
    "phrase",
    ["31 February 2014", "the day", "decades", "40 years old", "recent months", "weekly", "99 days", "daily",
     "the first day", "years"],
)  # fmt: skip
def test_what_names_no_date_is_left_alone(phrase: str) -> None:
    assert when.read(phrase, DAY) is None


@pytest.mark.parametrize("phrase", ["Tuesday", "yesterday", "March 3", "last year", "a week later"])
def test_without_the_articles_date_nothing_is_guessed(phrase: str) -> None:
    assert when.read(phrase, None) is None


def test_later_counts_from_the_date_before() -> None:
    assert when.read("a week later", DAY, before="2014-03-10") == ("2014-03-17", None, "day")


def test_a_clause_that_looks_ahead_means_the_next_one() -> None:
    assert when.read("Thursday", DAY, ahead=True) == ("2014-03-27", None, "day")
    assert when.read("January 5", DAY, ahead=True) == ("2015-01-05", None, "day")


@pytest.mark.parametrize(
    ("text", "place", "outlet", "date"),
    [
        ("London- Norland's minister met them.", "London", None, None),
        ("Kiev, AP— Troops left.", "Kiev", "AP", None),
        ("MOSCOW, March 3 (Reuters) - Norland said no.", "Moscow", "Reuters", "2014-03-03"),
        ("NEW YORK (AFP) — Talks began.", "New York", "AFP", None),
        ("PARIS — Talks began.", "Paris", None, None),
        ("LIMA, Peru - Talks began.", "Lima, Peru", None, None),
        ("GENEVA/NEW YORK, March 3 (Reuters) - Talks began.", "Geneva/New York", "Reuters", "2014-03-03"),
    ],
)
def test_a_dateline_is_read(text: str, place: str, outlet: str | None, date: str | None) -> None:
    found = when.dateline(text, DAY)
    assert found is not None
    assert (found.place, found.outlet, found.date) == (place, outlet, date)


@pytest.mark.parametrize(
    "text",
    ["The minister met them - at last.", "Ada Berg met Carl Dorn.", "Norland-based firms left.", "",
     "Talks began in Paris — the first ones.", "Norland, Sudia and others met.",
     "Berg, Dorn - who met them - left."],
)  # fmt: skip
def test_no_dateline_where_none_is(text: str) -> None:
    assert when.dateline(text, DAY) is None


def _doc() -> Doc:
    """Berg met Dorn Monday , Falk said Tuesday . They may march ."""
    rows = [
        ("Berg", 1, "nsubj", "PROPN"), ("met", 6, "ccomp", "VERB"), ("Dorn", 1, "dobj", "PROPN"),
        ("Monday", 1, "npadvmod", "PROPN"), (",", 6, "punct", "PUNCT"), ("Falk", 6, "nsubj", "PROPN"),
        ("said", 6, "ROOT", "VERB"), ("Tuesday", 6, "npadvmod", "PROPN"), (".", 6, "punct", "PUNCT"),
        ("They", 11, "nsubj", "PRON"), ("may", 11, "aux", "AUX"), ("march", 11, "ROOT", "VERB"),
    ]  # fmt: skip
    words, heads, deps, pos = (list(column) for column in zip(*rows, strict=True))
    doc = Doc(Vocab(), words=words, heads=heads, deps=deps, pos=pos)
    doc.ents = [Span(doc, 3, 4, "DATE"), Span(doc, 7, 8, "DATE")]
    return doc


def test_a_clause_owns_the_date_on_its_verb() -> None:
    doc = _doc()
    dated = when.dates(doc, DAY)
    met, said = when.date_of(dated, 1, doc), when.date_of(dated, 6, doc)
    assert met and said
    assert (met.start, said.start) == ("2014-03-24", "2014-03-25")


def test_may_and_march_are_no_dates() -> None:
    doc = _doc()
    assert when.dates(doc, DAY, [11]) == []
    assert when.date_of(when.dates(doc, DAY), 11, doc) is None
