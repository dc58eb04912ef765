"""L2: a changed list of the unit, brought by its liaison (the wizard is the frame's): his unit's people alone."""

from __future__ import annotations

from baodao.web.frame.importing_ledger import LedgerWizard
from baodao.web.unit.views.month import LIAISON

WIZARD = LedgerWizard(at="/unit/imports/", base="unit/wide.html", home="/unit/members/", home_words="看名单", people="",
                roles=(LIAISON,), of_unit=True)  # fmt: skip
