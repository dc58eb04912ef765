"""Spreadsheets: untidy files in, clean tables out, and sheets as offices know them.

``reader`` turns bytes into rows or a sentence that says why not; ``head`` finds the tables in
them; ``writer`` and ``template`` are the only places that write a workbook. All in memory.
"""
