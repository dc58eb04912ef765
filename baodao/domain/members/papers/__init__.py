"""The ledger's papers: the ledger as offices know it, and the report-in sheet in three parts."""

from baodao.domain.members.papers.ledger import ledger
from baodao.domain.members.papers.slips import receipts, report_slips

__all__ = ["ledger", "receipts", "report_slips"]
