#!/bin/sh
# Recompile the hash-pinned locks from pyproject.toml (maintainers; needs the package index).
set -eu
cd "$(dirname "$0")/.."
UV=.venv/uv/bin/uv
FLAGS="--universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet"
$UV pip compile $FLAGS pyproject.toml -o requirements/app.txt
$UV pip compile $FLAGS -c requirements/app.txt pyproject.toml --group dev -o requirements/dev.txt
$UV pip compile $FLAGS requirements/uv.in -o requirements/uv.txt
$UV pip compile $FLAGS requirements/peers.in -o requirements/peers.txt
