"""What the rest of a phrase says of the chain: 农产品 before 质量检测 means another testing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from matching.text.overlap import OverlapIndex


class ChainContext:
    """Which chains the parts of a phrase around a word speak of."""

    def __init__(self, overlap: OverlapIndex, groups: Sequence[int]) -> None:
        self._overlap = overlap
        chains: defaultdict[str, set[int]] = defaultdict(set)
        for owner, group in enumerate(groups):
            for part in overlap.parts_of(owner):
                chains[part].add(group)
        self._chains = chains

    def strangeness(self, asked: Sequence[str], inside: Sequence[str], group: int) -> float:
        """How much more the asked parts outside a word speak of another chain than of `group`.

        In [0, 1]; 0 when they speak of none. Only chains that know the word's last part count:
        新能源汽车 in front of 锂电池隔膜 is its use, for no other chain has separators.
        """
        known = [part for part in asked if part in self._chains and part not in inside]
        if not known or not inside:
            return 0.0
        rivals = self._chains.get(inside[-1], set()) - {group}
        own = self._support(known, group)
        return max(0.0, max((self._support(known, r) for r in rivals), default=0.0) - own)

    def _support(self, known: Iterable[str], group: int) -> float:
        weights = {part: self._overlap.rarity(part) for part in known}
        held = sum(weight for part, weight in weights.items() if group in self._chains[part])
        return held / sum(weights.values())
