"""The residents' face: every page for anybody, without a login."""

from tests.architecture.matrix import ANYBODY

ROWS = [
    ("board:start", ANYBODY, "GET"),
    ("board:place", ANYBODY, "GET", {"place": "SZ01"}),
    ("board:need", ANYBODY, "GET POST", {"place": "SZ01"}),
    ("board:picture", ANYBODY, "GET", {"place": "SZ01", "token": "NONE"}),
    ("board:done", ANYBODY, "GET", {"place": "SZ01", "token": "NONE"}),
    ("board:track", ANYBODY, "GET POST"),
    ("board:board", ANYBODY, "GET", {"community": "SZ01"}),
    ("board:suggest", ANYBODY, "GET POST"),
    ("board:answer", ANYBODY, "GET POST"),
    ("board:suggestion", ANYBODY, "GET"),
    ("board:privacy", ANYBODY, "GET"),
    ("board:accessibility", ANYBODY, "GET"),
]
