"""Pictures of papers: a PDF's pages as grey arrays, asked about ink by millimetres. Skips where pdftoppm is missing."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import dataclass

import numpy as np
import pytest
from pypdf import PdfReader

DPI = 100


@dataclass
class Picture:
    """One page."""

    grey: np.ndarray

    def part(self, left: float, top: float, right: float, bottom: float) -> np.ndarray:
        """A rectangle in millimetres."""
        a, b, c, d = (round(value / 25.4 * DPI) for value in (top, bottom, left, right))
        return self.grey[a:b, c:d]

    def ink(self, left: float, top: float, right: float, bottom: float) -> float:
        """Which share of a rectangle is not white."""
        return float((self.part(left, top, right, bottom) < 200).mean())

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in millimetres."""
        height, width = self.grey.shape
        return round(width / DPI * 25.4), round(height / DPI * 25.4)


def pages(content: bytes) -> list[Picture]:
    """The pages of a PDF as pictures."""
    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm is not installed")
    raw = subprocess.run(["pdftoppm", "-r", str(DPI), "-gray", "-"], input=content, capture_output=True, check=True).stdout
    found, at = [], 0
    while at < len(raw):
        magic, size, depth, rest = raw[at:].split(b"\n", 3)
        assert (magic, depth) == (b"P5", b"255")
        width, height = map(int, size.split())
        start = len(raw) - len(rest)
        found.append(Picture(np.frombuffer(raw[start : start + width * height], np.uint8).reshape(height, width)))
        at = start + width * height
    return found


def words(content: bytes) -> str:
    """All text of a PDF with the spaces it is set with."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def text(content: bytes) -> str:
    """All text of a PDF without spaces and line breaks."""
    return "".join(words(content).split())


def margins_are_free(picture: Picture, width: float) -> bool:
    """Is there no ink in the outermost millimetres: nothing ran over the edge of the sheet."""
    wide, high = picture.size
    strips = [(0, 0, wide, width), (0, high - width, wide, high), (0, 0, width, high), (wide - width, 0, wide, high)]
    return all(picture.ink(*strip) == 0 for strip in strips)
