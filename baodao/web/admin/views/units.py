"""The units of the county in their official order."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from baodao.base.verdict import Refused
from baodao.domain.orgs import selectors, services
from baodao.domain.orgs.forms import UnitForm, read_pasted
from baodao.web.frame.answers import done, form_page
from baodao.web.frame.guard import audience

LIST = "/admin/units/"
COLUMNS = ("代码", "名称", "简称", "党组织")


@audience("sysadmin")
def listing(request: HttpRequest) -> HttpResponse:
    """All units."""
    return form_page(request, "admin/units/listing.html", {"counties": selectors.counties_with_units()}, invalid=False)


@audience("sysadmin")
def paste(request: HttpRequest) -> HttpResponse:
    """Many units pasted from a sheet, at the end of the order."""
    text, problems = request.POST.get("text", ""), []
    if request.method == "POST":
        pasted = read_pasted(text, COLUMNS, 2)
        problems = pasted.problems or ([] if pasted.rows else ["没有读到内容。"])
        if not problems:
            rows = [
                {"unit_code": r["代码"], "name": r["名称"], "short_name": r.get("简称", ""), "party_org_name": r.get("党组织", "")}
                for r in pasted.rows
            ]
            try:
                services.add_units_many(actor=request.actor, county=selectors.first_county(), rows=rows)  # type: ignore[attr-defined]
            except Refused as error:
                problems = [error.reason]
            else:
                return done(request, LIST, toast=f"已建 {len(rows)} 个单位")
    context = {"text": text, "problems": problems, "columns": COLUMNS}
    return form_page(request, "admin/units/paste.html", context, invalid=bool(problems))


@audience("sysadmin")
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Amend one unit."""
    unit = selectors.unit_by_public_code(code)
    initial = {name: getattr(unit, name) for name in UnitForm.base_fields} | {"other_names": "、".join(unit.other_names)}
    form = UnitForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        version = values.pop("version")
        services.change_unit(actor=request.actor, unit=unit, version=version, changes=values)  # type: ignore[attr-defined]
        return done(request, LIST, toast="已保存")
    return form_page(request, "admin/units/change.html", {"unit": unit, "form": form}, invalid=form.is_bound)
