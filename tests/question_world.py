"""A small graph to ask everything of: a few dated deeds of 2015 to 2017, told and denied by three outlets.

python -m tests.question_world FILE writes it; the examples of docs/QUESTIONS.md are asked of it.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import pairwise
from typing import Any, NamedTuple

from extract.model import Article, Triple
from graph.embedded import EmbeddedGraph, open_graph
from tests.small_world import triple

LEVANT, CASPIAN, TRIPOLI = "The Levant Record", "The Caspian Monitor", "The Tripoli Courier"
TYPES = {
    "Russia": "STATE",
    "Turkey": "STATE",
    "Syria": "STATE",
    "Aleppo": "PLACE",
    "Human Rights Watch": "ORG",
}
SYMMETRIC = {"meet", "speak with", "agree with"}


class Told(NamedTuple):
    """One triple with its sentence."""

    source: str
    relation: str
    target: str
    code: str
    date: str | None
    sentence: str
    status: str = "actual"
    said_by: str | None = None


STORIES: tuple[tuple[str, str, str, str, tuple[Told, ...]], ...] = (
    ("levant-1", LEVANT, "2015-11-24", "Turkey Brings Down Russian Jet", (
        Told("Turkey", "shoot at", "Russia", "ASSAULT", "2015-11-24",
             "Turkey shot down a Russian bomber near the Syrian border on Tuesday."),
        Told("Vladimir Putin", "accuse", "Turkey", "ACCUSE", "2015-11-24",
             "President Vladimir Putin accused Turkey of a stab in the back."),
        Told("Vladimir Putin", "president of", "Russia", "ROLE", None,
             "President Vladimir Putin accused Turkey of a stab in the back."),
    )),
    ("levant-2", LEVANT, "2016-06-19", "Shoigu Sees Assad in Damascus", (
        Told("Sergei Shoigu", "meet", "Bashar al-Assad", "CONSULT", "2016-06-18",
             "Russian Defence Minister Sergei Shoigu met Bashar al-Assad in Damascus on Saturday."),
        Told("Sergei Shoigu", "defence minister of", "Russia", "ROLE", None,
             "Russian Defence Minister Sergei Shoigu met Bashar al-Assad in Damascus on Saturday."),
    )),
    ("caspian-1", CASPIAN, "2016-06-20", "An Unannounced Guest", (
        Told("Bashar al-Assad", "meet", "Sergei Shoigu", "CONSULT", "2016-06-18",
             "Bashar al-Assad said that he had met Sergei Shoigu without knowing that he would come."),
        Told("Bashar al-Assad", "president of", "Syria", "ROLE", None,
             "The Syrian president had not been told of the visit."),
    )),
    ("caspian-2", CASPIAN, "2016-08-10", "Putin and Erdogan Make Peace", (
        Told("Vladimir Putin", "meet", "Recep Tayyip Erdogan", "CONSULT", "2016-08-09",
             "Vladimir Putin met Recep Tayyip Erdogan in St Petersburg on Tuesday."),
        Told("Recep Tayyip Erdogan", "president of", "Turkey", "ROLE", None,
             "It was the first journey of the Turkish president to Russia since the jet was lost."),
    )),
    ("levant-3", LEVANT, "2016-09-29", "Rights Group Blames Russia for Strikes on Aleppo", (
        Told("Russia", "bomb", "Aleppo", "ASSAULT", "2016-09",
             "Human Rights Watch said that Russia had bombed hospitals in Aleppo.", "actual",
             "Human Rights Watch"),
        Told("Human Rights Watch", "accuse", "Russia", "ACCUSE", "2016-09-29",
             "Human Rights Watch accused Russia of war crimes."),
    )),
    ("caspian-3", CASPIAN, "2016-10-01", "Lavrov Rejects Report", (
        Told("Russia", "bomb", "Aleppo", "ASSAULT", "2016-09",
             "Sergey Lavrov denied that Russia had bombed hospitals in Aleppo.", "negated", "Sergey Lavrov"),
        Told("Sergey Lavrov", "foreign minister of", "Russia", "ROLE", None,
             "The Russian foreign minister called the report invented."),
    )),
    ("caspian-4", CASPIAN, "2016-12-30", "Truce in Syria", (
        Told("Russia", "agree with", "Turkey", "AGREE", "2016-12-29",
             "Russia agreed with Turkey on a truce in Syria on Thursday."),
        Told("Russia", "cooperate with", "Turkey", "COOPERATE", "2016-12",
             "Russia cooperated with Turkey to empty Aleppo of its last rebels."),
    )),
    ("tripoli-1", TRIPOLI, "2017-01-12", "Haftar Aboard the Kuznetsov", (
        Told("Khalifa Haftar", "speak with", "Sergei Shoigu", "CONSULT", "2017-01-11",
             "Khalifa Haftar spoke with Sergei Shoigu by video link on Wednesday."),
    )),
    ("tripoli-2", TRIPOLI, "2017-08-15", "Haftar in Moscow", (
        Told("Khalifa Haftar", "meet", "Sergey Lavrov", "CONSULT", "2017-08-14",
             "Khalifa Haftar met Sergey Lavrov in Moscow on Monday."),
        Told("Vladimir Putin", "meet", "Khalifa Haftar", "CONSULT", "2017-08",
             "Vladimir Putin will not meet Khalifa Haftar on this visit.", "negated"),
    )),
    ("tripoli-3", TRIPOLI, "2017-08-16", "The Hague Wants a Commander", (
        Told("Fatou Bensouda", "call on", "Khalifa Haftar", "REQUEST", "2017-08-16",
             "Fatou Bensouda called on Khalifa Haftar to hand over a commander."),
    )),
)  # fmt: skip


def make(article: str, publisher: str, published: str, start: int, told: Told) -> Triple:
    """The triple, its offsets as in an article that is its sentences on lines of their own."""
    made = triple(
        article, told.source, told.relation, told.target, told.code, told.status, told.date,
        told.relation in SYMMETRIC,
    )  # fmt: skip
    kinds: list[Any] = [TYPES.get(name, "PERSON") for name in (told.source, told.target)]
    return replace(
        made, sentence=told.sentence, start=start, end=start + len(told.sentence), source_type=kinds[0],
        target_type=kinds[1], confidence=0.8, published=published, publisher=publisher,
        attribution=told.said_by, source_start=start, target_start=start,
    )  # fmt: skip


def fill_world(graph: EmbeddedGraph) -> None:
    """Write all stories."""
    for article, publisher, published, title, tales in STORIES:
        text = "\n".join(dict.fromkeys(told.sentence for told in tales))
        triples = [make(article, publisher, published, text.index(t.sentence), t) for t in tales]
        graph.write(Article(article, text, title, published, publisher=publisher), triples, "example")
    graph.refresh()


def make_story(graph: EmbeddedGraph, article: str, *names: str) -> None:
    """Write an article in which each of the names meets the next."""
    pairs = pairwise(names)
    tales = [Told(one, "meet", two, "CONSULT", "2018", f"{one} met {two}.") for one, two in pairs]
    triples = [make(article, LEVANT, "2018-01-01", 90 * i, told) for i, told in enumerate(tales)]
    text = "\n".join(told.sentence for told in tales)
    graph.write(Article(article, text, None, "2018-01-01", publisher=LEVANT), triples, "example")
    graph.refresh()


if __name__ == "__main__":
    with open_graph(sys.argv[1]) as example:
        fill_world(example)
