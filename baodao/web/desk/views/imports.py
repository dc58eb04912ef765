"""C5 at the desk: ledgers of units come in for this community (the wizard is the frame's)."""

from __future__ import annotations

from baodao.web.desk.views.ledger import CLERKS, LIST
from baodao.web.frame.importing import Wizard

WIZARD = Wizard(at="/desk/imports/", base="desk/base.html", home=LIST, home_words="看台账", people=LIST, roles=CLERKS)
