"""A small demo: two communities, one month."""

from __future__ import annotations

from pathlib import Path

import pytest

from baodao.base.days import clock
from baodao.demo.load import load
from baodao.demo.town import Size
from tests.conftest import MOMENT

SMALL = Size(communities=2, units=12, in_service=120, community_side=30)


def make(folder: Path, *, seed: int = 1, months: int = 0) -> None:
    """Load a small demo into the test's database."""
    with clock.freeze(MOMENT):
        load(seed=seed, step=lambda _parts, _words: None, inputs=folder, months=months, size=SMALL)


@pytest.fixture
def demo(db: None, tmp_path: Path) -> Path:
    """A small demo of the present month; the folder of its inputs."""
    make(tmp_path / "inputs")
    return tmp_path / "inputs"
