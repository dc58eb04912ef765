#!/bin/sh
# Take the words of the program into baodao/locale/{ug,en} and compile them. Run it after adding or changing a string.
set -e
cd "$(dirname "$0")/../baodao"
python=../.venv/app/bin/python
BAODAO_TESTING=1 "$python" ../manage.py makemessages -l ug -l en --no-wrap --no-location --no-obsolete
"$python" - <<'PY'
from pathlib import Path

import polib

for path in Path("locale").glob("*/LC_MESSAGES/django.po"):
    book = polib.pofile(str(path), wrapwidth=0)
    for entry in book:  # a near match is no translation
        if entry.fuzzy:
            entry.flags.remove("fuzzy")
            entry.msgstr = ""
            entry.previous_msgid = None
    book.metadata.pop("POT-Creation-Date", None)
    book.save(str(path))
    book.save_as_mofile(str(path.with_suffix(".mo")))
    print(path.parts[1], len(book.translated_entries()), "of", len(book))
PY
