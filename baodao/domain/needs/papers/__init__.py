"""What the asker keeps: the slip with code and secret, as a picture and, for the desk's printer, as PDF (``slip_pdf``)."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext as _

from baodao.base.days.clock import ZONE
from baodao.base.papers import pdf as typeset
from baodao.base.papers import qr
from baodao.domain.needs import numbers
from baodao.domain.needs.papers.slip import slip_pdf, slip_png
from baodao.domain.needs.rows import SlipShown

__all__ = ["slip_pdf", "slip_picture", "slip_png"]
TEMPLATE = Path(__file__).with_name("slip.typ")


def slip_picture(slip: SlipShown, link: str) -> bytes:
    """The slip as one PNG of a phone's width; it holds code, secret and their QR code, no contact."""
    need = slip.need
    data = {
        "community": need.community.name,
        "number": numbers.printed_number(slip.number),
        "secret": numbers.printed_secret(slip.secret),
        "qr": qr.svg(link, quiet=2),
        "kind": str(need.get_category_display()) if need.category else "",
        "at": f"{need.registered_at.astimezone(ZONE):%Y-%m-%d %H:%M}",
        "words": {"number": _("编号"), "secret": _("密码"), "keep": _("密码只给您一个人看。")},
        "phone": need.community.phone,
    }
    return typeset.png(TEMPLATE, data, ppi=144)[0]
