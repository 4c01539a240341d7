"""Where a diagnosis draws its lines: figures of a policy, read from its table `diagnosis`."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType

MOST = MappingProxyType({"leads_from_quotient": 100_000})
"""Upper bound of a figure in thousandths, where it is not 1,000."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Thousandths. A policy without the table has these; those without a source are ours."""

    strong_from: int = 550
    """Strength from which a link is strong: a large chain leader in a specialised zone passes."""
    steady_from: int = 400
    """Two medium firms pass, two small ones do not."""
    leads_from_quotient: int = 1250
    """Location quotient from which a zone leads in a chain: 1.25, the usual cut (Miller, Gibson
    and Wright 1991, Economic Development Review 9:2)."""
    secure_from_concentration: int = 500
    """Herfindahl index from which a link hangs on one firm: that of two equal firms."""
    gap_from_priority: int = 400
    """Priority from which a computed gap is registered."""
    gap_from_confidence: int = 300
    """Confidence from which a computed gap is registered: a list of three firms, all placed."""
    high_end_services: int = 500
    """高端服务业比重 50% 以上 (the article)."""

    def __post_init__(self) -> None:
        """The lines must lie in order.

        Raises:
            ValueError: a link would be strong before it is steady, or steady at nothing.
        """
        if not 0 < self.steady_from < self.strong_from:
            raise ValueError("diagnosis.steady_from must be above 0 and below strong_from")


USUAL = Thresholds()
NAMES = tuple(field.name for field in fields(Thresholds))


def figures(thresholds: Thresholds) -> Mapping[str, int]:
    """The figures by name, in the form of a policy's table."""
    return {name: getattr(thresholds, name) for name in NAMES}
