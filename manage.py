#!/usr/bin/env python
"""The door to every command; ``./run X`` calls it inside the environment."""

import os
import sys


def main() -> None:
    """Hand over to Django's command line; a wrong setting is one plain line and status 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baodao.config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line, get_commands

    try:
        django.setup()  # what is wrong with a setting is said before anything else
        if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and sys.argv[1] not in {"help", *get_commands()}:
            sys.stderr.write(f"no command {sys.argv[1]!r}; ./run help lists them\n")
            sys.exit(2)
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
