"""Input of organisations and units, typed or pasted from a sheet."""

from __future__ import annotations

from dataclasses import dataclass, field

from django import forms

from baodao.domain.orgs.states import OrgKind, UnitKind


class OrgForm(forms.Form):
    """Names, telephone and counts of an organisation."""

    name = forms.CharField(label="名称", max_length=60)
    short_name = forms.CharField(label="简称", max_length=20, required=False)
    seq = forms.IntegerField(label="次序", min_value=0, max_value=9999)
    phone = forms.CharField(label="电话", max_length=30, required=False)
    address = forms.CharField(label="地址", max_length=100, required=False)
    households = forms.IntegerField(label="户数（只是个数）", min_value=0, max_value=1000000, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class NewOrgForm(forms.Form):
    """One organisation below another."""

    parent = forms.CharField(label="上级", max_length=10)
    org_code = forms.CharField(label="代码", max_length=12, help_text="字母、数字、短横；写进二维码和文件")
    name = forms.CharField(label="名称", max_length=60)
    phone = forms.CharField(label="电话", max_length=30, required=False)


class UnitForm(forms.Form):
    """Names, kind and place in the order of a unit."""

    name = forms.CharField(label="名称", max_length=60)
    short_name = forms.CharField(label="简称", max_length=20, required=False)
    party_org_name = forms.CharField(label="党组织", max_length=60, required=False)
    kind = forms.ChoiceField(label="类型", choices=UnitKind.choices)
    seq = forms.IntegerField(label="次序", min_value=0, max_value=9999)
    other_names = forms.CharField(label="别的叫法", required=False, max_length=200, help_text="用顿号分开，导入名单时认得")
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_other_names(self) -> list[str]:
        """A list of names."""
        return [part.strip() for part in self.cleaned_data["other_names"].replace("，", "、").split("、") if part.strip()]


KINDS = {str(kind.label): kind for kind in (OrgKind.COMMUNITY, OrgKind.GRID, OrgKind.ESTATE)}


@dataclass(slots=True)
class Pasted:
    """Rows pasted from a sheet, and what is wrong with which line."""

    rows: list[dict[str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_pasted(text: str, columns: tuple[str, ...], required: int) -> Pasted:
    """Lines of cells divided by tabs, commas or several spaces; the head line, if there is one, is passed over.

    ``columns`` names the cells in order, the first ``required`` of them must be filled.
    """
    found = Pasted()
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in line.replace("，", ",").replace(",", "\t").split("\t")]
        if not any(cells) or cells[0] in {"代码", "序号", "类型", "种类"}:
            continue
        if len(cells) == 1:
            cells = line.split()
        if len(cells) < required or not all(cells[:required]):
            found.problems.append(f"第 {number} 行少了内容，一行要有：{'、'.join(columns[:required])}。")
            continue
        found.rows.append({"line": str(number), **dict(zip(columns, cells, strict=False))})
    return found
