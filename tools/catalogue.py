"""The catalogues of the residents' languages: take up new strings, or (``--check``) say what is not taken up yet.

``./run bench tools/catalogue.py`` extracts with xgettext (Debian: gettext) in a copy of the tree, keeps the translations,
drops what is no longer said and compiles the .mo files; they are committed. ``--check`` changes nothing and ends with 1
when extraction or compilation differ.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("en", "ug")
Key = tuple[str, str, str]


def catalogue(root: Path, language: str) -> Path:
    """The .po of a language in a tree."""
    return root / "baodao" / "locale" / language / "LC_MESSAGES" / "django.po"


def keys(po: polib.POFile) -> set[Key]:
    """What a catalogue says: context, message, plural."""
    return {(one.msgctxt or "", one.msgid, one.msgid_plural or "") for one in po if not one.obsolete}


def extracted(into: Path) -> None:
    """Copy the tree and let Django extract there."""
    ignore = shutil.ignore_patterns("__pycache__", "vendor", "static")
    shutil.copytree(ROOT / "baodao", into / "baodao", ignore=ignore)
    languages = [word for one in LANGUAGES for word in ("-l", one)]
    command = [
        sys.executable, "-m", "django", "makemessages", *languages, "--no-location", "--no-obsolete", "--no-wrap",
        "--keep-pot", "--settings", "catalogue_settings",
    ]  # fmt: skip
    (into / "catalogue_settings.py").write_text(
        "SECRET_KEY = 'x'\nUSE_I18N = True\nLOCALE_PATHS = ['baodao/locale']\nINSTALLED_APPS = []\n"
    )
    subprocess.run(command, cwd=into, check=True, capture_output=True)


def main() -> None:
    """Compare or take up."""
    check, wrong = "--check" in sys.argv[1:], []
    with tempfile.TemporaryDirectory(prefix="baodao-catalogue-") as folder:
        extracted(Path(folder))
        for language in LANGUAGES:
            here, there = catalogue(ROOT, language), catalogue(Path(folder), language)
            held, found = polib.pofile(str(here)), polib.pofile(str(there))
            if check:
                wrong += [f"{language}: not in the catalogue: {key[1]!r}" for key in sorted(keys(found) - keys(held))]
                wrong += [f"{language}: no longer said: {key[1]!r}" for key in sorted(keys(held) - keys(found))]
                compiled = here.with_suffix(".mo")
                same = compiled.exists() and {(e.msgctxt, e.msgid, e.msgstr) for e in polib.mofile(str(compiled))} == {
                    (e.msgctxt, e.msgid, e.msgstr) for e in held.translated_entries()
                }
                wrong += [] if same else [f"{language}: django.mo is not the compiled django.po"]
                continue
            take_up(held, found)
            held.save(str(here))
            held.save_as_mofile(str(here.with_suffix(".mo")))
            print(f"{language}: {len(held)} messages, {len(held.untranslated_entries())} without a translation")
    for line in wrong:
        print(line, file=sys.stderr)
    sys.exit(1 if wrong else 0)


def take_up(held: polib.POFile, found: polib.POFile) -> None:
    """Add what is new at the end, drop what is gone; translations and their order stay."""
    wanted, known = keys(found), keys(held)
    for one in list(held):
        if one.obsolete or (one.msgctxt or "", one.msgid, one.msgid_plural or "") not in wanted:
            held.remove(one)
    for one in found:
        if (one.msgctxt or "", one.msgid, one.msgid_plural or "") not in known and not one.obsolete:
            one.flags = [flag for flag in one.flags if flag != "fuzzy"]
            one.msgstr = ""
            held.append(one)


if __name__ == "__main__":
    main()
