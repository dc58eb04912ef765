"""Papers: PDF, Word, QR, charts."""
