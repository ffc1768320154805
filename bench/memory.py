"""Peak memory of `dyad build` on many articles beside a tenth of them."""

from __future__ import annotations

from collections.abc import Iterator

from bench.build import build, write_articles
from bench.frame import Row, Size, compare

SENTENCES = 1


def measure(size: Size) -> Iterator[Row]:
    """By one process and by two; peak memory is that of the largest process."""
    many, few = (write_articles(count, SENTENCES) for count in (size.many, size.many // 10))
    for processes in (1, 2):
        most, least = build(many, processes).peak, build(few, processes).peak
        yield compare(
            f"peak memory of `dyad build --processes {processes}` on {size.many:,} articles",
            f"on {size.many // 10:,}", "MB", most, least, "<= 1.15",
            "articles of one sentence, so that it does not take hours",
        )  # fmt: skip
