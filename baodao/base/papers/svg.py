"""Small charts as SVG: bars that carry their numbers, readable without colour, with a text for who does not see them.

Only presentation attributes are used, so that a strict content policy lets them through.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

#: Done, under way, not arranged: a dark, a light and a hatched field differ on grey paper too.
FILLS = ("#0B5CAD", "#5B9BD9", "url(#hatch)")
_HATCH = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#fff"/><rect width="3" height="6" fill="#C38A01"/></pattern></defs>'
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a chart: its name and its parts in the order of the legend."""

    label: str
    parts: Sequence[int]

    @property
    def total(self) -> int:
        """The whole."""
        return sum(self.parts)


def stacked_bars(bars: Sequence[Bar], legend: Sequence[str], *, title: str, width: int = 540, label: int = 96) -> str:
    """Horizontal bars from zero, longest scale common to all, every part with its number where it fits."""
    row, room = 26, width - label - 44
    most = max((bar.total for bar in bars), default=0) or 1
    drawn = [_HATCH]
    for index, bar in enumerate(bars):
        drawn.append(_bar(bar, index * row, label, room / most))
    said = escape(f"{title}：" + "；".join(_said(bar, legend) for bar in bars), quote=True)
    height = max(len(bars) * row, 1)
    return (
        f'<svg class="chart" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="{said}" xmlns="http://www.w3.org/2000/svg">{"".join(drawn)}</svg>'
    )


def _bar(bar: Bar, top: int, left: int, scale: float) -> str:
    drawn = [f'<text x="0" y="{top + 16}" font-size="14" fill="#1F2328">{escape(bar.label)}</text>']
    at = float(left)
    for fill, part in zip(FILLS, bar.parts, strict=False):
        wide = part * scale
        if not part:
            continue
        drawn.append(f'<rect x="{at:.1f}" y="{top + 3}" width="{wide:.1f}" height="18" fill="{fill}"/>')
        if wide >= 24:
            ink = "#fff" if fill == FILLS[0] else "#1F2328"
            if fill == FILLS[2]:
                drawn.append(f'<rect x="{at + wide / 2 - 11:.1f}" y="{top + 3}" width="22" height="18" fill="#fff"/>')
            drawn.append(
                f'<text x="{at + wide / 2:.1f}" y="{top + 16}" font-size="12" text-anchor="middle" fill="{ink}">{part}</text>'
            )
        at += wide
    drawn.append(f'<text x="{at + 8:.1f}" y="{top + 16}" font-size="12" fill="#57606A">{bar.total}</text>')
    return "".join(drawn)


def _said(bar: Bar, legend: Sequence[str]) -> str:
    parts = "、".join(f"{name}{part}" for name, part in zip(legend, bar.parts, strict=False))
    return f"{bar.label}共{bar.total}，{parts}"
