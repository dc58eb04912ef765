"""The month's papers: the bulletin as an official Word document and as a PDF with the same numbers."""

from baodao.domain.months.papers.bulletin import content, docx, pdf, png

__all__ = ["content", "docx", "pdf", "png"]
