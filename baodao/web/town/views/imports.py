"""A first ledger for the whole town, brought by the town before its communities have clerks (the wizard is the frame's)."""

from __future__ import annotations

from baodao.web.frame.importing_ledger import LedgerWizard

WIZARD = LedgerWizard(at="/town/imports/", base="town/base.html", home="/town/units/", home_words="看各单位", people="", roles=("town",))
