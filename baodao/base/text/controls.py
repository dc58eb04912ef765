"""Invisible signs that turn, hide or split text are taken out wherever text comes in."""

import re

# Direction marks, embeddings, isolates, zero-width signs (ZWJ and ZWNJ shape Arabic letters, but no
# Uyghur word needs them), byte order marks and other invisible controls; TAB, LF and CR stay.
_CONTROLS = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)


def strip_controls(text: str) -> str:
    """Return the text without direction controls and other invisible signs."""
    return _CONTROLS.sub("", text)
