"""Service's paper: the sign-in sheet of a shift, in the order of the roll-call page."""

from baodao.domain.service.papers.sheets import sign_in_sheet, sign_in_sheets

__all__ = ["sign_in_sheet", "sign_in_sheets"]
