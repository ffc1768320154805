"""Coverage-guided fuzzing of each reader: bytes that reach new lines of code are kept and changed further.

    pip install -e '.[fuzz]'
    python tests/fuzz/readers.py [--seconds 60] [TARGET...]

Only articles fit for storing and skips of one line may come out; anything else, and any input that takes
longer than 20 seconds, is kept in build/fuzz/ and ends the target with its traceback. What was learned is
kept there too, so that a second run goes on where the first one ended.
"""

from __future__ import annotations

import argparse
import importlib
import io
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
KEPT = ROOT / "build" / "fuzz"
LIBRARIES = ["extract", "feedparser", "trafilatura", "pypdf"]
KINDS = {"text": "text", "jsonl": "jsonl", "json": "json", "csv": "csv"}
PARSED = {"html": "HTML", "feed": "a feed", "pdf": "PDF"}
SUFFIXES = {"text": ".txt", "jsonl": ".jsonl", "csv": ".csv", "html": ".html", "feed": ".rss"}
TARGETS = (*KINDS, *PARSED, "sniff", "dates", "markup", "llm")
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj "
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</Font<</F 5 0 R>>>>"
    b"/Contents 4 0 R>>endobj "
    b"4 0 obj<</Length 44>>stream\nBT /F 9 Tf (The ships left and they met) Tj ET\nendstream endobj\n"
    b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
    b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"
)

LLM = (
    b'{"triples": [{"sentence": 1, "source": {"name": "Karl Brandt", "type": "PERSON", "mention": "Brandt"}, '
    b'"relation": "meet", "relation_text": "met", '
    b'"target": {"name": "Petru Vasil", "type": "PERSON", "mention": "Petru Vasil"}, '
    b'"symmetric": true, "code": "CONSULT", "status": "actual", "confidence": 0.9}]}'
)


def check(found: Iterator[object]) -> None:
    """Articles must be fit for storing, skips one line; an InputError is a skip of the whole file."""
    from extract.errors import InputError
    from extract.model import Article
    from extract.readers import Skip

    try:
        for one in found:
            if isinstance(one, Article):
                assert one.text.strip() and one.id
                f"{one.id}{one.text}{one.title}{one.url}{one.publisher}{dict(one.metadata)}".encode()
            else:
                assert isinstance(one, Skip) and "\n" not in one.reason
    except InputError as error:
        assert "\n" not in str(error)


def read(kind: str, data: bytes) -> None:
    """A reader of our own."""
    from extract.readers import READERS

    check(READERS[kind]("fuzz", io.BufferedReader(io.BytesIO(data), 2**16)))  # type: ignore[arg-type]


def parse(kind: str, data: bytes) -> None:
    """A foreign parser, here in this process, and what we make of its records."""
    from extract.apart import answer
    from extract.documents import PARSERS, from_record

    found = answer(PARSERS[kind], kind, data)
    if isinstance(found, str):
        assert "\n" not in found
    else:
        check(from_record("fuzz", record) for record in found)


def sniff(data: bytes) -> None:
    """The first bytes of a file."""
    from extract.errors import InputError
    from extract.readers import READERS
    from extract.readers import sniff as form_of

    try:
        assert form_of(data) in READERS
    except InputError:
        return


def dates(data: bytes) -> None:
    """A date as somebody wrote it."""
    from extract.intake import iso_date

    day = iso_date(data.decode("utf-8", "replace"))
    assert day is None or len(day) in {4, 7, 10}


def markup(data: bytes) -> None:
    """A piece of HTML in a feed."""
    from extract.documents import text_of

    text_of(data.decode("utf-8", "replace"))


def llm(data: bytes) -> None:
    """What a language model answers."""
    from extract.endpoint import Answer
    from extract.llm import Sentence, align, read_answer
    from extract.model import Article

    text = "Karl Brandt met Petru Vasil in Ebbe."
    read_back = read_answer(Answer(data.decode("utf-8", "replace"), False, 0, 0, 1))
    triples = (
        align(Article("a", text), [Sentence(text, 0, len(text))], read_back[0], "f")[0] if read_back else []
    )
    for triple in triples:
        assert text[triple.source_start : triple.source_end] == triple.source_mention


def target(name: str) -> Callable[[bytes], None]:
    """What to do with the bytes."""
    if name in KINDS:
        return lambda data: read(KINDS[name], data)
    if name in PARSED:
        return lambda data: parse(PARSED[name], data)
    return {"sniff": sniff, "dates": dates, "markup": markup, "llm": llm}[name]


def samples(name: str) -> Iterator[bytes]:
    """Inputs to begin with."""
    if name == "pdf":
        yield PDF
    for path in sorted((ROOT / "seeds").iterdir()):
        if path.suffix == SUFFIXES.get(name) or name == "sniff":
            yield path.read_bytes()[:4096]
    yield from {
        "dates": [b"Fri, 16 Dec 2016 23:30:00 -0500", b"Sept. 14, 2013", b"2014-03-24T10:00:00Z"],
        "json": [b'[{"id": 1, "text": "The ships left and they met."}]'],
        "llm": [LLM],
        "markup": [b"<p>The <b>ships</b></p><script>x</script>&amp;"],
    }.get(name, [])  # fmt: skip


def run(name: str, seconds: int) -> None:
    """Fuzz one target in this process; it ends with the process."""
    import atheris

    with atheris.instrument_imports(include=LIBRARIES):
        for room in (*LIBRARIES, "extract.documents", "extract.llm", "extract.readers"):
            importlib.import_module(room)
    corpus = KEPT / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, sample in enumerate(samples(name)):
        (corpus / f"sample-{number}").write_bytes(sample)
    flags = [
        f"-max_total_time={seconds}",
        "-timeout=20",
        "-rss_limit_mb=4096",
        "-max_len=20000",
        "-print_final_stats=1",
        "-verbosity=0",
    ]
    atheris.Setup([sys.argv[0], *flags, f"-artifact_prefix={KEPT}/{name}-", str(corpus)], target(name))
    atheris.Fuzz()


def main() -> int:
    """Fuzz the targets one after another, each in a process of its own."""
    arguments = argparse.ArgumentParser(description="Fuzz the readers.")
    arguments.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    arguments.add_argument("--seconds", type=int, default=60, help="for each target")
    arguments.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if unknown := set(given.targets) - set(TARGETS):
        arguments.error(f"no target is called {', '.join(sorted(unknown))}; known: {', '.join(TARGETS)}")
    if given.here:
        run(given.targets[0], given.seconds)
    failed = []
    for name in given.targets or TARGETS:
        command = [sys.executable, __file__, "--here", "--seconds", str(given.seconds), name]
        if subprocess.run(command, check=False).returncode:
            failed.append(name)
    print(f"failed: {', '.join(failed)}" if failed else "no target failed", file=sys.stderr)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
