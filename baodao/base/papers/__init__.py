"""Papers: PDF, Word, Excel, QR and small charts, from plain data to bytes."""
