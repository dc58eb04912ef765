"""Commands as seen from outside, and files for them."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError


@pytest.fixture
def call(capsys):
    """``call("solve", …)`` → exit status, standard output, standard error."""

    def run(*args):
        status = 0
        try:
            call_command(*map(str, args))
        except SystemExit as end:
            status = end.code
        except CommandError:
            status = 2
        out = capsys.readouterr()
        return status, out.out, out.err

    return run


@pytest.fixture
def written(tmp_path):
    """``written("p.json", data)`` → the path of the file."""

    def write(name, data):
        path = tmp_path / name
        path.write_text(json.dumps(data), encoding="utf-8")
        return path

    return write
