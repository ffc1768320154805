"""Checksums of the record, made when a row is written: bit rot and hand edits show where they are.

BLAKE2b with 16 bytes over the parts, each framed by its length. An article has two: `digest` of its text
alone, by which a build knows what it has read, and `seal` over its other columns, the digest and its triples.
A judgement, a rejection and a known actor have one each.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

Part = str | bytes | int | None
SIZE = 16  # bytes


def digest(parts: Iterable[Part]) -> bytes:
    """The checksum of some parts; different parts never look the same, wherever they are cut."""
    found = hashlib.blake2b(digest_size=SIZE)
    for part in parts:
        if part is None:
            found.update(b"-")
            continue
        raw = part if isinstance(part, bytes) else str(part).encode("utf-8", "surrogatepass")
        found.update(b"%d:" % len(raw))
        found.update(raw)
    return found.digest()


def text_digest(text: str) -> bytes:
    """The checksum of an article's text."""
    return digest((text,))


def article_seal(told: Sequence[Part], triples: Iterable[Sequence[Part]]) -> bytes:
    """The checksum of an article's columns but seal and text, and of its triples' (id, body, key) by id."""
    return digest((*told, *(part for triple in triples for part in triple)))
