"""Parsing keeps offsets, ends sentences at line breaks, and says how to install what is missing."""

from __future__ import annotations

from itertools import pairwise

import pytest
import spacy
from spacy.tokens import Doc

from extract import nlp
from extract.errors import ModelError
from extract.model import Article


@pytest.mark.parametrize(
    "text", ["“a’s”", "«x» „y“", "soft\u00adhyphen", "blank\u00a0here", "plain", "`q`", "a\u2011b"]
)
def test_plain_characters_keep_length(text: str) -> None:
    assert len(text.translate(nlp.PLAIN)) == len(text)


@pytest.mark.parametrize(
    ("words", "starts"),
    [
        (["Talks", "end", "\n\n", "Both", "left"], [0, 3]),
        (["Talks", "end", "\n\n", "both", "left"], [0, 3]),
        (["Talks", "end", "\n", "Both", "left"], [0, 3]),
        (["Talks", "end", "\n", "both", "left"], [0]),
        (["Talks", "end", "both", "left"], [0]),
    ],
)
def test_lines_end_sentences(words: list[str], starts: list[int]) -> None:
    doc = nlp.line_breaks(Doc(spacy.blank("en").vocab, words=words))
    assert [token.i for token in doc if token.is_sent_start or token.i == 0] == starts


@pytest.mark.parametrize(
    ("words", "longest"),
    [
        (["and", "they", "met"] * 900, nlp.LONGEST + 1),
        (["and", "they", "met", "\n"] * 900, nlp.LONGEST + 2),
        (["They", "met", "."] * 300, 900),
        (["they", "met"] * 100, 200),
    ],
)
def test_a_sentence_without_end_is_cut(words: list[str], longest: int) -> None:
    doc = nlp.line_breaks(Doc(spacy.blank("en").vocab, words=words))
    starts = [0, *(token.i for token in doc if token.i and token.is_sent_start), len(doc)]
    assert max(b - a for a, b in pairwise(starts)) == longest


def test_a_missing_pipeline_says_how_to_install_it() -> None:
    with pytest.raises(ModelError, match="pip install en-none-at-all"):
        nlp.load("en_none_at_all")


@pytest.mark.model
def test_articles_come_in_order_with_their_docs() -> None:
    articles = [Article(str(i), f"Norway called Sweden “{i}” times.") for i in range(5)]
    pairs = list(nlp.parse(nlp.load(), iter(articles), batch_size=2))
    assert [article.id for article, _ in pairs] == ["0", "1", "2", "3", "4"]
    assert all(len(doc.text) == len(article.text) for article, doc in pairs)


@pytest.mark.parametrize(
    ("sentence", "verb"),
    [
        ("Kenyan troops retook Wajir on Friday.", "retake"),
        ("Wajir was retaken by Kenyan troops.", "retake"),
        ("Kenyan judges overrode Karin Dahl on Friday.", "override"),
        ("Kenyan police taped Karin Dahl on Friday.", "tape"),
        ("Kenyan troops take Wajir on Fridays.", "take"),
    ],
)
def test_a_past_form_is_its_verbs(sentence: str, verb: str) -> None:
    ((_, doc),) = nlp.parse(nlp.load(), [Article("a", sentence)])
    assert verb in {token.lemma_ for token in doc}
