"""Days as evidence knows them: spans of ordinals, since a date may name only a month or a year.

Spans are disjoint, sorted pairs of ordinals (datetime.date.toordinal), both ends included.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

Span = tuple[int, int]
Spans = tuple[Span, ...]


def spans(dates: Iterable[str]) -> Spans:
    """The days that the dates may mean; what is no date gives none."""
    return merge(span for day in dates if (span := read(day)) is not None)


def read(text: str) -> Span | None:
    """The days of a year, a month or a day in ISO form; None when it is no date."""
    try:
        year, month, day = (*map(int, text[:10].split("-")), 0, 0)[:3]
        first = date(year, month or 1, day or 1)
        last = date(year, month or 12, day or calendar.monthrange(year, month or 12)[1])
    except ValueError:
        return None
    return first.toordinal(), last.toordinal()


def day_before(text: str) -> str | None:
    """The day before a year, month or day begins; None when it is no date."""
    found = read(text)
    return None if found is None else (date.fromordinal(found[0]) - timedelta(1)).isoformat()


def merge(found: Iterable[Span]) -> Spans:
    """The spans, those that touch or overlap made one."""
    merged: list[Span] = []
    for first, last in sorted(found):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def meet(one: Iterable[Span], two: Spans) -> Spans:
    """The days in both."""
    both = ((max(a, c), min(b, d)) for a, b in one for c, d in two)
    return merge(span for span in both if span[0] <= span[1])


def follow(before: Spans, after: Spans, within: int | None) -> Spans:
    """The days of `after` that come no sooner than some day of `before`, and at most `within` days later."""
    if not before:
        return ()
    if within is None:
        return meet([(before[0][0], date.max.toordinal())], after)
    return meet([(first, last + within) for first, last in before], after)


def lead(after: Spans | None, within: int | None) -> Spans:
    """The days that some day of `after` (None: any) follows the same day or at most `within` days later."""
    if after is None:
        return ((1, date.max.toordinal()),)
    if within is None:
        return ((1, after[-1][1]),) if after else ()
    return merge((max(1, first - within), last) for first, last in after)


def pick_days(hops: Sequence[Spans], within: int | None) -> tuple[str, ...]:
    """A day for each hop, each no sooner than the last and at most `within` days after it.

    The whole ends as early as it can. There must be such days.
    """
    reach = [hops[0]]
    for when in hops[1:]:
        reach.append(follow(reach[-1], when, within))
    days = [reach[-1][0][0]]
    for when in reversed(reach[:-1]):
        first = 1 if within is None else days[-1] - within
        days.append(meet([(first, days[-1])], when)[-1][1])
    return tuple(date.fromordinal(day).isoformat() for day in reversed(days))
