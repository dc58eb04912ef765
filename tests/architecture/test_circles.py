"""The solver's modules form no circle: each can be read after the ones it names, lazy imports counted too."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

SOLVER = Path(__file__).resolve().parents[2] / "baodao" / "base" / "solver"
PACKAGE = "baodao.base.solver."


def _names(tree: ast.AST) -> set[str]:
    """The sister modules a module imports, wherever it does; what is there for annotations alone does not run."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            node.body = []
    return {
        node.module.removeprefix(PACKAGE)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(PACKAGE)
    }


def test_the_solver_has_no_import_circle():
    graph = {path.stem: _names(ast.parse(path.read_text())) for path in SOLVER.glob("*.py") if path.stem != "__init__"}
    assert graph["problem"] >= {"contents", "reading", "writing"}  # the imports are seen at all
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        raise AssertionError(f"import circle: {' → '.join(circle.args[1])}") from circle
