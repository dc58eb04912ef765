"""A file's way in, whatever it holds: rows under work, a clean copy and the undo, sealed under the batch's own key.

Used by the ledger and by the needs register alike. Nothing of the file stands in clear in the database.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from baodao.base.actor import Actor
from baodao.base.crypto import Unsealable, seal_bytes, unseal_bytes
from baodao.base.days import clock
from baodao.base.text.free import take_out_ids
from baodao.base.verdict import Refused
from baodao.domain.audit.services import move, record, service
from baodao.domain.keyring import master_key
from baodao.domain.members.models import ImportBatch
from baodao.domain.members.states import IMPORT_TRANSITIONS, ImportState

#: How long a whole import may be taken back.
UNDO = timedelta(hours=24)


def _row_name(code: str) -> str:
    return f"members_importbatch/{code}"


def _key(batch: ImportBatch) -> bytes:
    try:
        return master_key().unwrap(batch.wrapped_key, _row_name(batch.code))
    except Unsealable:
        raise Refused("这份文件的内容已经删了，重新上传。", code="file") from None


def clean_file_name(name: str) -> str:
    """A file's name as it is kept: the last part, without identity numbers, at most 120 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return take_out_ids(last)[0].strip()[:120] or "文件"


@service
def open_batch(
    *, actor: Actor, noun: str, town: str, scope: str, file_name: str, copy: bytes, rows: dict[str, Any]
) -> ImportBatch:
    """Begin: the clean copy and the rows under work, sealed. ``rows`` is any JSON object."""
    batch = ImportBatch(noun=noun, town=town, scope=scope, file_name=clean_file_name(file_name),
                        account_id=actor.account_id)
    clear, batch.wrapped_key = master_key().new_data_key(_row_name(batch.code))
    batch.file_copy = seal_bytes(clear, copy, _row_name(batch.code), "file_copy")
    batch.rows = seal_bytes(clear, json.dumps(rows, ensure_ascii=False).encode(), _row_name(batch.code), "rows")
    batch.save()
    record("import.opened", actor=actor, subject=batch, town=town, data={"noun": noun})
    return batch


def is_draft(batch: ImportBatch) -> bool:
    """Is the file still under work."""
    return batch.state == ImportState.DRAFT


def rows_of(batch: ImportBatch) -> dict[str, Any]:
    """The rows under work; Refused in words once they were shredded."""
    clear = unseal_bytes(_key(batch), batch.rows, _row_name(batch.code), "rows")
    return dict(json.loads(clear))


def copy_of(batch: ImportBatch) -> bytes:
    """The clean copy (.xlsx); Refused in words once it was shredded."""
    return unseal_bytes(_key(batch), batch.file_copy, _row_name(batch.code), "file_copy")


def undo_of(batch: ImportBatch) -> dict[str, Any]:
    """What taking back needs."""
    return dict(json.loads(unseal_bytes(_key(batch), batch.undo, _row_name(batch.code), "undo"))) if batch.undo else {}


@service
def save_rows(*, actor: Actor, batch: ImportBatch, rows: dict[str, Any], version: int | None = None) -> ImportBatch:
    """Keep what was corrected in a draft; a stale version is refused."""
    if batch.state != ImportState.DRAFT or (version is not None and version != batch.version):
        raise Refused("这份文件别人刚刚处理过，刷新看看。", code="state")
    sealed = seal_bytes(_key(batch), json.dumps(rows, ensure_ascii=False).encode(), _row_name(batch.code), "rows")
    written = ImportBatch.objects.filter(pk=batch.pk, version=batch.version, state=ImportState.DRAFT).update(
        rows=sealed, version=batch.version + 1, changed_at=clock.now()
    )
    if not written:
        raise Refused("这份文件别人刚刚处理过，刷新看看。", code="state")
    batch.rows, batch.version = sealed, batch.version + 1
    return batch


@service
def close_batch(*, actor: Actor, batch: ImportBatch, counts: dict[str, int], undo: dict[str, Any]) -> ImportBatch:
    """The rows went in: keep the counts and, sealed, what taking back needs."""
    move(batch, to=ImportState.COMMITTED, transitions=IMPORT_TRANSITIONS)
    batch.counts, batch.committed_at = counts, clock.now()
    batch.undo = seal_bytes(_key(batch), json.dumps(undo, ensure_ascii=False).encode(), _row_name(batch.code), "undo")
    batch.save(update_fields=["counts", "committed_at", "undo"])
    record("import.committed", actor=actor, subject=batch, town=batch.town, data={"noun": batch.noun, **counts})
    return batch


@service
def mark_undone(*, actor: Actor, batch: ImportBatch) -> ImportBatch:
    """The import was taken back; refused after 24 hours, and for one that was not committed."""
    if batch.committed_at is None or clock.now() - batch.committed_at > UNDO:
        raise Refused("导入超过 24 小时，不能整批撤销了。", code="state")
    move(batch, to=ImportState.UNDONE, transitions=IMPORT_TRANSITIONS)
    record("import.undone", actor=actor, subject=batch, town=batch.town, data={"noun": batch.noun})
    return batch


@service
def drop_batch(*, actor: Actor, batch: ImportBatch) -> ImportBatch:
    """Give a draft up: its key and bytes go at once."""
    move(batch, to=ImportState.DROPPED, transitions=IMPORT_TRANSITIONS)
    shred([batch.pk])
    record("import.dropped", actor=actor, subject=batch, town=batch.town, data={"noun": batch.noun})
    return batch


def shred(keys: list[int]) -> int:
    """Destroy key and bytes of batches; the register rows stay. Runs inside the caller's transaction."""
    return ImportBatch.objects.filter(pk__in=keys, shredded_at__isnull=True).update(
        wrapped_key=b"", file_copy=b"", rows=b"", undo=b"", shredded_at=clock.now()
    )
