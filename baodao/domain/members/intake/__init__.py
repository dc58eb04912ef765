"""A ledger file on its way in: read, checked against the ledger, told as added, changed, unchanged, skipped, rejected.

``files`` turns bytes into a draft (a JSON object without anything forbidden), ``known`` is what is there already,
``checking`` reads one row, ``verdicts`` decides about all. Nothing here writes; ``services.imports`` does.
"""
