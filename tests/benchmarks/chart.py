"""The figures against their bars as a plain SVG: how many times better than asked, or worse."""

from collections.abc import Sequence
from html import escape
from math import log10

from tests.benchmarks.figures import Figure
from tests.benchmarks.report import shown

LINE, LEFT, RIGHT, TOP = 26, 470, 300, 40
DECADES = (-1, 2)
"""From a tenth of what a bar asks to a hundred times as much; what lies beyond is cut off."""
COLOURS = {"ok": "#2f7d5b", "MISSED": "#b4552d"}
STYLE = "font: 13px system-ui, sans-serif; fill: #333"


def svg(figures: Sequence[Figure]) -> str:
    """A bar for each figure that was held against one."""
    held = [figure for figure in figures if figure.better is not None]
    height = TOP + LINE * len(held) + 16
    lines = [line for n, figure in enumerate(held) for line in _bar(figure, TOP + LINE * n)]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + RIGHT + 110} {height}" '
            f'style="{STYLE}">',
            '<rect width="100%" height="100%" fill="#fff"/>',
            *(_mark(decade, height) for decade in range(DECADES[0], DECADES[1] + 1)),
            *lines,
            "</svg>",
            "",
        ]
    )


def _at(times: float) -> float:
    """Where a figure that is so many times as good as its bar ends."""
    low, high = DECADES
    place = min(max(log10(times), low), high) if times > 0 else low
    return LEFT + (place - low) / (high - low) * RIGHT


def _mark(decade: int, height: int) -> str:
    x = _at(10.0**decade)
    colour = "#333" if decade == 0 else "#ddd"
    text = "bar" if decade == 0 else f"{10.0**decade:g} ×"
    return (
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 8}" y2="{height - 8}" stroke="{colour}"/>'
        f'<text x="{x:.1f}" y="{TOP - 14}" text-anchor="middle">{text}</text>'
    )


def _bar(figure: Figure, y: int) -> list[str]:
    one, end = _at(1.0), _at(figure.better or 0.0)
    left, width = min(one, end), max(abs(end - one), 1.0)
    return [
        f'<text x="{LEFT - 10}" y="{y + 14}" text-anchor="end">{escape(figure.what)}</text>',
        f'<rect x="{left:.1f}" y="{y + 3}" width="{width:.1f}" height="14" '
        f'fill="{COLOURS[figure.verdict]}"/>',
        f'<text x="{LEFT + RIGHT + 8}" y="{y + 14}">{escape(shown(figure))}</text>',
    ]
