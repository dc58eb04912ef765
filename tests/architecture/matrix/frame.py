"""Login, account and health pages."""

from tests.architecture.matrix import ANYBODY, EVERYONE

ROWS = [
    ("login", ANYBODY, "GET POST"),
    ("choose_password", ANYBODY, "GET POST"),
    ("account:home", EVERYONE, "GET"),
    ("account:logout", ANYBODY, "POST"),
    ("account:stay", EVERYONE, "POST"),
    ("account:switch", EVERYONE, "POST"),
    ("account:password", EVERYONE, "GET POST"),
    ("account:big", ANYBODY, "POST"),
    ("ops:healthz", ANYBODY, "GET"),
    ("ops:readyz", ANYBODY, "GET"),
]
