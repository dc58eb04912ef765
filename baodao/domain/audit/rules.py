"""What a link of the chain says, as a digest."""

from __future__ import annotations

import json

from baodao.base.crypto import digest
from baodao.base.days import clock
from baodao.domain.audit.models import Entry

SYSTEM = "system"


def entry_digest(entry: Entry) -> str:
    """The digest of an entry, over everything it says and the digest before it."""
    return digest(
        entry.chain,
        str(entry.seq),
        entry.at.astimezone(clock.ZONE).isoformat(),
        entry.action,
        str(entry.account_id or ""),
        entry.role,
        entry.path,
        entry.subject,
        entry.subject_code,
        json.dumps(entry.data, sort_keys=True, ensure_ascii=False, separators=(",", ":")),
        entry.prev,
    )
