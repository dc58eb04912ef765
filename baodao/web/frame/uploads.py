"""Uploads are held in memory: a personal file never lies in a clear temporary file."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler, StopUpload

LIMIT = 20 * 1024 * 1024


class InMemory(MemoryFileUploadHandler):
    """Keep every upload in memory; stop reading one byte past the limit and mark the request, so the form can say so."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """Always active, whatever the size said in the header."""
        self.activated = True
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Count what came; past the limit drop the file and tell the request."""
        self.seen += len(raw_data)
        if self.seen > LIMIT:
            if self.request is not None:
                self.request.upload_too_big = True
            raise StopUpload(connection_reset=False)
        return super().receive_data_chunk(raw_data, start)
