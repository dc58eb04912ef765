"""A2: is the tree right? Add, paste from a sheet, rename, move, close; never delete."""

from __future__ import annotations

from collections import Counter

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from baodao.base.verdict import Refused
from baodao.domain.orgs import first_day, selectors, services
from baodao.domain.orgs.forms import KINDS, NewOrgForm, OrgForm, read_pasted
from baodao.web.frame.answers import done, form_page
from baodao.web.frame.guard import audience

SYS = ("sysadmin",)
LIST = "/admin/orgs/"
COLUMNS = ("类型", "上级代码", "代码", "名称", "电话")


@audience("sysadmin", "secadmin", "auditor")
def home(request: HttpRequest) -> HttpResponse:
    """Each administrator's own first page."""
    role = request.actor.role  # type: ignore[attr-defined]
    return HttpResponseRedirect({"sysadmin": LIST, "secadmin": "/admin/people/"}.get(role, "/admin/audit/"))


@audience(*SYS)
def listing(request: HttpRequest) -> HttpResponse:
    """The whole tree in its order."""
    return render(request, "admin/orgs/listing.html", {"orgs": selectors.tree(), "form": NewOrgForm()})


@audience(*SYS, methods=("POST",))
def add(request: HttpRequest) -> HttpResponse:
    """One organisation below another."""
    form = NewOrgForm(request.POST)
    if form.is_valid():
        try:
            services.add_below(actor=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
        except Refused as error:
            form.add_error("org_code" if error.code == "duplicate" else None, error.reason)
        else:
            return done(request, LIST, toast=f"已建 {form.cleaned_data['name']}")
    return form_page(request, "admin/orgs/listing.html", {"orgs": selectors.tree(), "form": form}, invalid=True)


@audience(*SYS)
def paste(request: HttpRequest) -> HttpResponse:
    """Many at once, pasted from a sheet; one wrong line and nothing is made, with the line named."""
    text, problems = request.POST.get("text", ""), []
    if request.method == "POST":
        pasted = read_pasted(text, COLUMNS, 4)
        problems = pasted.problems or ([] if pasted.rows else ["没有读到内容。"])
        problems += [f"第 {r['line']} 行：类型写社区、网格或小区。" for r in pasted.rows if r["类型"] not in KINDS]
        if not problems:
            try:
                made = services.add_pasted(actor=request.actor, rows=pasted.rows)  # type: ignore[attr-defined]
            except Refused as error:
                problems = [error.reason]
            else:
                return done(request, LIST, toast=f"已建 {len(made)} 个")
    context = {"text": text, "problems": problems, "columns": COLUMNS}
    return form_page(request, "admin/orgs/paste.html", context, invalid=bool(problems))


@audience(*SYS)
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Rename and amend; the former name is kept with its date."""
    org = selectors.by_public_code(code)
    initial = {name: getattr(org, name) for name in OrgForm.base_fields}
    form = OrgForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        version = values.pop("version")
        services.change_org(actor=request.actor, org=org, version=version, changes=values)  # type: ignore[attr-defined]
        return done(request, LIST, toast="已保存")
    context = {"org": org, "form": form, "past": selectors.past(org), "targets": selectors.possible_parents(org)}
    return form_page(request, "admin/orgs/change.html", context, invalid=form.is_bound)


@audience(*SYS, methods=("POST",))
def move(request: HttpRequest, code: str) -> HttpResponse:
    """Hang below another parent."""
    if not request.POST.get("to"):
        raise Refused("选一个新的上级。")
    to = selectors.by_path(request.POST["to"])
    services.move_org(actor=request.actor, org=selectors.by_public_code(code), to=to)  # type: ignore[attr-defined]
    return done(request, LIST, toast=f"已移到{to.name}")


@audience(*SYS, methods=("POST",))
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Close from today on."""
    org = services.close_org(actor=request.actor, org=selectors.by_public_code(code))  # type: ignore[attr-defined]
    return done(request, LIST, toast=f"{org.name}已关闭，历史都在")


@audience(*SYS)
def party(request: HttpRequest) -> HttpResponse:
    """The Party organisations on the community side: counted, never derived; more of them by a pasted table."""
    text, problems = request.POST.get("text", ""), []
    if request.method == "POST":
        table = first_day.read_table(first_day.split_lines(text), first_day.PARTY_HEADS, first_day.PARTY_ORDER)
        problems = table.problems
        if not problems:
            try:
                made = first_day.add_party_orgs(actor=request.actor, rows=table.rows)  # type: ignore[attr-defined]
            except Refused as error:
                problems = [error.reason]
            else:
                return done(request, "/admin/party/", toast=f"已建 {len(made)} 个，已经有的没有动")
    rows = selectors.party_tree()
    counts = Counter(row.get_kind_display() for row, _depth in rows)
    context = {"rows": rows, "counts": counts.most_common(), "text": text, "problems": problems}
    return form_page(request, "admin/orgs/party.html", context, invalid=bool(problems))
