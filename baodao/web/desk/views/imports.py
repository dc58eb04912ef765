"""C5 at the desk: ledgers of units and needs registers come in for this community (the wizard is the frame's)."""

from __future__ import annotations

from baodao.web.desk.views.ledger import CLERKS, LIST
from baodao.web.frame.importing_ledger import LedgerWizard
from baodao.web.frame.importing_needs import NeedsWizard

WIZARD = LedgerWizard(at="/desk/imports/", base="desk/base.html", home=LIST, home_words="看台账", people=LIST, roles=CLERKS)
NEEDS = NeedsWizard(at="/desk/needs/imports/", base="desk/base.html", home="/desk/", home_words="看今日的诉求", roles=CLERKS)
