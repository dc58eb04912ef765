"""Problems and plans as files: read with plain refusals, written whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from baodao.base.solver.certificate import Certificate
from baodao.base.solver.columns import load_path
from baodao.base.solver.malformed import Malformed
from baodao.base.solver.plan import Plan
from baodao.base.solver.problem import Problem
from baodao.base.solver.writing import problem_words


def read_json(path: Path) -> Any:
    """The JSON value in a file; ``Malformed`` if it cannot be read, is no JSON, or holds NaN or a key twice."""
    try:
        return load_path(path, _parsed)
    except OSError as error:
        raise Malformed(str(path), f"读不了：{error.strerror or error}。") from None
    except UnicodeDecodeError:
        raise Malformed(str(path), "不是 UTF-8 文字。") from None
    except Malformed as error:
        raise Malformed(str(path), error.words) from None
    except RecursionError:
        raise Malformed(str(path), "嵌套太深。") from None
    except ValueError as error:
        raise Malformed(str(path), f"不是 JSON：{error}。") from None


def _parsed(words: str) -> Any:
    return json.loads(words, parse_constant=_no_constant, object_pairs_hook=_once)


def _no_constant(word: str) -> float:
    raise Malformed("", f"含有 {word}，不是有限的数。")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise Malformed("", f"同一个键写了两次：{next(key for key in keys if keys.count(key) > 1)}。")
    return found


def read_problem(path: Path | str) -> Problem:
    """The problem in a file; ``Malformed`` names what is wrong."""
    return Problem.from_json(read_json(Path(path)))


def write_problem(problem: Problem, path: Path | str) -> None:
    """Write a problem to a file, the columns of pairs piece by piece."""
    _write(problem_words(problem), Path(path))


def read_plan(path: Path | str) -> Plan:
    """The plan in a file; ``Malformed`` names what is wrong."""
    return Plan.from_json(read_json(Path(path)))


def write_plan(plan: Plan, path: Path | str) -> None:
    """Write a plan to a file; a reader never sees half of it."""
    _write([_dumped(plan.to_json())], Path(path))


def read_certificate(path: Path | str) -> Certificate:
    """The certificate in a file; ``Malformed`` names what is wrong or contradicts itself."""
    return Certificate.from_json(read_json(Path(path)))


def write_certificate(certificate: Certificate, path: Path | str) -> None:
    """Write a certificate to a file."""
    _write([_dumped(certificate.to_json())], Path(path))


def _dumped(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _write(pieces: Iterable[str], path: Path) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("w", encoding="utf-8") as file:
            file.writelines(pieces)
            file.write("\n")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
