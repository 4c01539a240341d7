"""What an investor's industry codes say of each link: little of many, since codes are coarse."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import sqrt

from matching.codes import IndustryCode, resolve
from matching.reference.loader import Reference
from matching.vocabulary import CodeScheme

LEVELS: Mapping[int, float] = {4: 1.0, 3: 0.6, 2: 0.3}
"""Same GB/T 4754 class, group, division, by the digits in common (docs/criteria.md, link_fit)."""


@dataclass(frozen=True, slots=True)
class CodeEvidence:
    """A stated code that meets a link through a GB/T 4754 code; `value` in (0, 1]."""

    value: float
    stated: IndustryCode
    gb_code: str
    is_exact_class: bool
    """The investor's own GB/T 4754 class is one of the link's."""


class CodeIndex:
    """The links by the first two, three and four digits of their codes, chain by chain."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        chains: defaultdict[str, defaultdict[str, dict[str, None]]] = defaultdict(
            lambda: defaultdict(dict)
        )
        for link in reference.links.values():
            for code in link.gb4754_codes:
                for digits in LEVELS:
                    if len(code) >= digits:
                        chains[code[:digits]][link.chain_id][link.link_id] = None
        self._links = {
            prefix: [tuple(links) for links in by_chain.values()]
            for prefix, by_chain in chains.items()
        }

    def evidence(self, codes: Iterable[IndustryCode]) -> dict[str, CodeEvidence]:
        """Link id → the best evidence among the codes; links that no code touches are absent."""
        best: dict[str, CodeEvidence] = {}
        for stated in codes:
            for link_id, found in self._of(stated):
                best[link_id] = _stronger(best[link_id], found) if link_id in best else found
        return best

    def _of(self, stated: IndustryCode) -> Iterator[tuple[str, CodeEvidence]]:
        resolution = resolve(self._reference, stated.scheme, stated.code)
        is_own = stated.scheme is CodeScheme.GB4754
        for gb in resolution.gb:
            for digits, level in LEVELS.items():
                if len(gb.code) < digits:
                    continue
                for links in self._links.get(gb.code[:digits], ()):
                    value = level * gb.share / sqrt(len(links))
                    found = CodeEvidence(value, stated, gb.code, is_own and digits == max(LEVELS))
                    yield from ((link_id, found) for link_id in links)


def _stronger(a: CodeEvidence, b: CodeEvidence) -> CodeEvidence:
    """The higher value of two, told by the exact class where one is; whatever their order."""
    told = min(a, b, key=_order)
    return replace(told, value=max(a.value, b.value))


def _order(evidence: CodeEvidence) -> tuple[bool, float, str, IndustryCode]:
    return not evidence.is_exact_class, -evidence.value, evidence.gb_code, evidence.stated
