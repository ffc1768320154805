"""What a route between two actors must be like, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extract.model import ActorType

# by strength (0 when hops decide), hops, minus the weight
Cost = tuple[int, int, int]
FREE: Cost = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a route must be like; actors are named by id (by name before graph.questions looked them up).

    `via` must be passed in any order; every other actor in between must not be in `avoid`, is of a type in
    `through` (when given) and has at most `hubs` edges. `ordered`: each hop on a day not before that of the
    hop before it, and at most `within` days after. `distinct`: one route for each sequence of actors.
    """

    k: int = 1
    max_hops: int | None = None
    via: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    through: tuple[ActorType, ...] = ()
    hubs: int | None = None
    directed: bool = False
    ordered: bool = False
    within: int | None = None
    by: Literal["hops", "strength"] = "hops"
    distinct: bool = False

    @property
    def plain(self) -> bool:
        """Whether the store's own shortest path answers it."""
        return self == Terms(max_hops=self.max_hops)


def add(one: Cost, two: Cost) -> Cost:
    """The sum of two costs."""
    return (one[0] + two[0], one[1] + two[1], one[2] + two[2])
