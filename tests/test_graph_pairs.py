"""Labelled pairs of names: how they are read and counted, and what precision and recall the rules reach."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

import cli
from extract.errors import InputError
from graph.bcubed import bcubed
from graph.pairs import count, decide_pair, read_pairs

OWN = Path(__file__).parent / "name_pairs.jsonl"
SHARED = Path(__file__).parents[2] / "shared" / "eval" / "dev" / "pairs.jsonl"


@pytest.mark.parametrize(
    ("file", "precision", "recall"),
    [
        (OWN, 0.97, 0.93),
        pytest.param(
            SHARED, 0.97, 0.80, marks=pytest.mark.skipif(not SHARED.exists(), reason="../shared is not there")
        ),
    ],
    ids=["own", "shared"],
)
def test_the_rules_reach_the_bar(file: Path, precision: float, recall: float) -> None:
    whole = count(map(decide_pair, read_pairs(file)))[-1]
    assert whole.kind == "all" and whole.pairs == len(read_pairs(file))
    assert whole.precision >= precision and whole.recall >= recall


@pytest.mark.parametrize(
    "line", ["nonsense", '{"id": "x", "a": "A"}', '{"id":"x","a":"A","b":"B","type":"DOG","same":true}']
)
def test_a_wrong_pair_is_named_by_its_line(tmp_path: Path, line: str) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_text(f'{{"id":"1","a":"A","b":"B","type":"ORG","same":false}}\n{line}\n')
    with pytest.raises(InputError, match=r"pairs\.jsonl:2: not a labelled pair"):
        read_pairs(file)


def test_score_prints_pairs_by_kind(tmp_path: Path) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_text(
        '{"id":"1","a":"Zora Quillan","b":"Zora Quilan","type":"PERSON","same":true,"kind":"spelling"}\n'
        '{"id":"2","a":"Zora Quillan","b":"Abel Quillan","type":"PERSON","same":false,"kind":"relative"}\n'
        '{"id":"3","a":"Zora Quillan","b":"Mia Vane","type":"PERSON","same":true,"kind":"renamed"}\n'
    )
    run = CliRunner().invoke(cli.app, ["score", "--pairs", str(file), "--errors", "5"])
    assert run.exit_code == 0
    rows = [line.split() for line in run.stdout.splitlines()]
    assert rows[-2] == ["all", "3", "1", "0", "1", "1.000", "0.500"]
    assert run.stdout.splitlines()[-1].startswith("missed: Zora Quillan | Mia Vane (renamed;")


@pytest.mark.parametrize(
    ("found", "gold", "figures"),
    [
        ({1: "a", 2: "a"}, {1: "x", 2: "x"}, (1.0, 1.0, 1.0)),
        ({1: "a", 2: "a"}, {1: "x", 2: "y"}, (0.5, 1.0, 2 / 3)),
        ({1: "a", 2: "b"}, {1: "x", 2: "x"}, (1.0, 0.5, 2 / 3)),
        ({}, {1: "x"}, (1.0, 1.0, 1.0)),
    ],
)
def test_bcubed(found: dict[int, str], gold: dict[int, str], figures: tuple[float, float, float]) -> None:
    assert bcubed(found, gold) == pytest.approx(figures)
