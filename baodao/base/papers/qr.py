"""QR codes as SVG text, for screens and for papers: level M, level Q for what hangs outdoors."""

from __future__ import annotations

import io

import segno


def svg(text: str, *, outdoors: bool = False, quiet: int = 4) -> str:
    """The code of a text as one SVG element without size: black modules, ``quiet`` modules of white around."""
    out = io.BytesIO()
    code = segno.make(text, error="q" if outdoors else "m", micro=False)
    code.save(out, kind="svg", border=quiet, xmldecl=False, svgns=True, nl=False, omitsize=True, dark="#000", light="#fff")
    return out.getvalue().decode()


def modules(text: str, *, outdoors: bool = False, quiet: int = 4) -> int:
    """How many modules wide the printed code is, quiet zone included (60 mm / modules = the size of one)."""
    return int(segno.make(text, error="q" if outdoors else "m", micro=False).symbol_size(border=quiet)[0])
