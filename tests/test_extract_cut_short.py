"""A text may end anywhere: no rule looks behind its last word, and nothing is read into the stump."""

from __future__ import annotations

import pytest

from extract.model import Article
from tests.reading import proposer

pytestmark = pytest.mark.model

TEXTS = [
    "Party whip Karin Dahl, of the Jade Party, met Syria's envoy to Chad Omar Zaki and the envoy of Peru",
    "By Monday Kisumu was taken by rebels as Turkey shells northern Syria",
    "Kenya cut ties with Chad and Peru",
    "Karin Dahl met the envoy, who praised Peru and the bank",
    "At a dinner for Peter Brandt, the president of Chad, who is ill, praised Peru and expelled the envoy.",
    'Oslo, 3 May (Reuters) - "We did not attack Peru, our friend," said Norway\'s premier, Karin Dahl, 54, '
    "a former chief of the Orion Bank (OB) and of its rival, the Jade Bank, after talks with King Omar.",
    "The Orion Front, led by Peter Brandt and backed by Chad, seized the town of Kisumu from Kenyan troops, "
    "killing two soldiers, a day after Uganda, whose envoys Kenya had expelled, urged both sides to stop.",
    "Kenya fined Orion Oil two million dollars, denied bombing Kismayo and gave the Jade Front 20 tanks.",
    "Peter Brandt, whom Peru accuses of having bribed Karin Dahl, was charged with leaking files to Chad - "
    "among those arrested by police were Jan Brandt and Piet Moe, both of the Jade Bank, and Moe's wife.",
    "KENYA, UGANDA SIGN DEAL\n\nNairobi and Kampala agreed on Monday, May 4, to resume talks, hosted by Chad",
    "Asked by the Daily Post whether he'd meet her, Mr. Brandt said: \"No.\" The U.S. won't fight, he told",
    "Both sides accused each other of shelling Goma, Sen. John Smith, R-Ariz., a member of the panel, said",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_may_end_anywhere(text: str) -> None:
    cuts = [
        Article(str(end), text[:end]) for end in range(1, len(text) + 1) if not text[end : end + 1].isalpha()
    ]
    found = list(proposer().extract(iter(cuts)))
    assert len(found) == len(cuts)
    for article, triples in found:
        for triple in triples:
            assert article.text[triple.start : triple.end] == triple.sentence
            assert triple.source_mention in article.text and triple.target_mention in article.text
