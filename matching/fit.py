"""How near an investor is to a link: by words and codes, or one edge away."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from matching.reference.loader import Reference
from matching.text.matches import combine, in_basis_points
from matching.text.placement import LinkAffinity, word_affinity

NEIGHBOUR = 0.35
"""The most that a link one edge away is worth (ours: a supplier or customer knows the field)."""


@dataclass(frozen=True, slots=True)
class Fit:
    """An affinity in [0, 1] and what it rests on."""

    value: float
    placed: LinkAffinity | None = None
    """The placement it rests on: at the gap's link, or at `neighbour`."""
    neighbour: str | None = None
    phrase: str | None = None
    own_word: str | None = None
    """The gap's own word that the phrase met, where this is better than the link's words."""

    @property
    def code(self) -> float:
        """What the codes say of the gap's own link, [0, 1]; a neighbour's codes say nothing."""
        return self.placed.code if self.placed and not self.neighbour else 0.0


NO_FIT = Fit(0.0)


def link_fits(placement: Iterable[LinkAffinity], reference: Reference) -> dict[int, Fit]:
    """The fit at every link that the investor touches, neighbours included; by link number."""
    placed = tuple(placement)
    fits = {p.number: Fit(p.affinity, placed=p) for p in placed}
    for p in placed:
        for other in (*reference.suppliers[p.link_id], *reference.customers[p.link_id]):
            number = reference.links[other].number
            beside = in_basis_points(p.affinity * NEIGHBOUR)  # `pools` does the same of many
            if beside > fits.get(number, NO_FIT).value:
                fits[number] = Fit(beside, placed=p, neighbour=p.link_id)
    return fits


def own_words_fit(phrases: Sequence[str], words: Sequence[str], at_link: Fit) -> Fit:
    """The fit at a gap that says in its own words what it wants; never worse than `at_link`."""
    best = max(
        ((word_affinity(phrase, word), phrase, word) for phrase in phrases for word in words),
        default=(0.0, "", ""),
        key=lambda hit: hit[0],
    )
    value = combine(at_link.code, best[0])
    if best[0] == 0.0 or value <= at_link.value:
        return at_link
    placed = None if at_link.neighbour else at_link.placed
    return Fit(value, placed=placed, phrase=best[1], own_word=best[2])


def best_fit(
    fits: Mapping[int, Fit], link: int, phrases: Sequence[str], words: Sequence[str]
) -> Fit:
    """The fit of an investor at one gap: its link's, or better by the gap's own words."""
    at_link = fits.get(link, NO_FIT)
    return own_words_fit(phrases, words, at_link) if words else at_link
