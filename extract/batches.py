"""Articles in batches of about the same cost, since a batch is parsed at once and handed out as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extract.model import Article

ARTICLES, CHARACTERS = 32, 64_000  # at most; parsing gets no faster beyond, it takes more memory only


def batches(articles: Iterable[Article], most: int = ARTICLES) -> Iterator[list[Article]]:
    """The articles in order, so many or so much text at a time; one that is longer comes alone."""
    batch: list[Article] = []
    size = 0
    for article in articles:
        if batch and size + len(article.text) > CHARACTERS:
            yield batch
            batch, size = [], 0
        batch.append(article)
        size += len(article.text)
        if len(batch) == most:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
