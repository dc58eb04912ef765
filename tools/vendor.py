"""Fetch the pinned front-end files from the npm registry into the tree, or check the ones that are there.

    python tools/vendor.py          compare every vendored file with frontend/vendor.toml
    python tools/vendor.py --fetch  download with ``npm pack``, copy, rewrite the icon table, print new sha256 sums

Only a maintainer needs npm; a clone carries the files. Licences are copied beside them.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = ROOT / "frontend" / "vendor.toml"
ICONS = ROOT / "baodao" / "web" / "frame" / "icon_shapes.py"
HEAD = '''"""Outlines of the icons we use, 24-unit grid. Written by tools/vendor.py from {name} {version} ({licence}).

Copyright (c) 2020-2026 Paweł Kuna. Permission is hereby granted, free of charge, to any person obtaining a copy of this
software, to deal in it without restriction (MIT licence, text in baodao/static/vendor/tabler-icons/LICENSE).
"""

# ruff: noqa: E501

SHAPES: dict[str, str] = {{
'''


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def faults() -> list[str]:
    """What differs between the manifest and the tree; empty when all is as pinned."""
    found = []
    listed = set()
    for package in tomllib.loads(MANIFEST.read_text())["package"]:
        for file in package["files"]:
            path = ROOT / file["to"]
            listed.add(path)
            if not path.exists():
                found.append(f"{file['to']} is missing")
            elif digest(path) != file["sha256"]:
                found.append(f"{file['to']} is not the pinned file ({package['name']} {package['version']})")
    for path in (ROOT / "baodao" / "static" / "vendor").rglob("*"):
        if path.is_file() and path not in listed:
            found.append(f"{path.relative_to(ROOT)} is not listed in frontend/vendor.toml")
    return found


def unpack(package: dict[str, str], folder: Path) -> Path:
    """Download one pinned package; returns the folder of its files."""
    spec = f"{package['name']}@{package['version']}"
    done = subprocess.run(["npm", "pack", "--silent", spec], cwd=folder, check=True, capture_output=True, text=True)
    archive = folder / done.stdout.strip().splitlines()[-1]
    target = folder / archive.stem
    with tarfile.open(archive) as tar:
        tar.extractall(target, filter="data")
    return target / "package"


def write_icons(package: dict[str, object], source: Path) -> None:
    """The chosen outlines as one Python table."""
    lines = [HEAD.format(**package)]
    for name in sorted(package["icons"]):  # type: ignore[call-overload]
        text = (source / "icons" / "outline" / f"{name}.svg").read_text()
        inner = re.sub(r"\s+", " ", text.split(">", 1)[1].rsplit("</svg>", 1)[0] if "<!--" not in text else
                       text.split("<svg", 1)[1].split(">", 1)[1].rsplit("</svg>", 1)[0]).strip()
        inner = inner.replace(" />", "/>").replace("> <", "><")
        inner = inner.replace('<path stroke="none" d="M0 0h24v24H0z" fill="none"/>', "")
        lines.append(f"    {name!r}: {inner!r},\n".replace("'" + name + "'", f'"{name}"', 1))
    lines.append("}\n")
    ICONS.write_text("".join(lines))


def fetch() -> None:
    with tempfile.TemporaryDirectory() as temp:
        for package in tomllib.loads(MANIFEST.read_text())["package"]:
            source = unpack(package, Path(temp))
            for file in package["files"]:
                target = ROOT / file["to"]
                target.parent.mkdir(parents=True, exist_ok=True)
                content = (source / file["from"]).read_bytes()
                if target.suffix in {".css", ".js"}:  # no source maps: their address would be asked for and be absent
                    content = re.sub(rb"\n?(/\*#|//#) sourceMappingURL=\S+( \*/)?\s*$", b"\n", content)
                target.write_bytes(content)
                print(f"{digest(target)}  {file['to']}")
            if "icons" in package:
                write_icons(package, source)


def main() -> None:
    if "--fetch" in sys.argv:
        fetch()
    found = faults()
    print("\n".join(found) or "vendored files are as pinned")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
