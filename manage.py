#!/usr/bin/env python
"""The door to every command; ``./run X`` calls it inside the environment."""

import os
import sys


def main() -> None:
    """Hand over to Django's command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baodao.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
