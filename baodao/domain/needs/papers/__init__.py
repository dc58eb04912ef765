"""The resident's slip: code, secret and their picture, with the telephone; printed once and given away."""

from baodao.domain.needs.papers.slip import slip_pdf, slip_png

__all__ = ["slip_pdf", "slip_png"]
