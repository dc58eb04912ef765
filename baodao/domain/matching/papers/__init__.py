"""The plan's papers: the monthly plan of a community, and each unit's own extract of it."""

from baodao.domain.matching.papers.extract import unit_extract_docx
from baodao.domain.matching.papers.plan import monthly_plan_docx, monthly_plan_xlsx

__all__ = ["monthly_plan_docx", "monthly_plan_xlsx", "unit_extract_docx"]
