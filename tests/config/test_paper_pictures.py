"""Pictures of every paper: no blank page, nothing over the edge; office files are looked at through LibreOffice."""

import shutil
import subprocess

import pytest
from django.core.management import call_command

from baodao.config.printing import KINDS
from baodao.domain.months import services as months
from tests import pictures, served
from tests.cast import PROGRAM

#: What runs to the edge of the sheet on purpose.
FULL_BLEED = {"commitment_poster"}
SIZES = {"commitment_poster": (297, 420)}


@pytest.fixture
def month(cast):
    made = served.build(cast)
    for index, one in enumerate(made.members[:5]):
        served.commitment(served.post(cast, cast.xingfu, f"岗位{index}"), one)
    months.close_month(actor=PROGRAM, town=cast.town.path, month=served.MONTH)
    return made


def printed(kind, ending, folder):
    out = folder / f"{kind}-{ending}.{ending}"
    words = ("--town", "SZ", "--community", "SZ01", "--unit", "U001", "--month", served.MONTH, "--out", str(out))
    call_command("paper", kind, *words)
    return out


def looks_right(kind, content):
    found = pictures.pages(content)
    assert found
    for number, page in enumerate(found, 1):
        wide, high = page.size
        assert page.ink(0, 0, wide, high) > 0.001, f"{kind}: page {number} is blank"
        if kind not in FULL_BLEED:
            assert pictures.margins_are_free(page, 5), f"{kind}: page {number} runs over the edge"
    return found


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if "pdf" in kind.endings])
def test_every_pdf(month, tmp_path, kind):
    first = looks_right(kind, printed(kind, "pdf", tmp_path).read_bytes())[0]
    assert first.size == SIZES.get(kind, (210, 297))


@pytest.mark.slow
def test_every_office_file(month, tmp_path):
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    wanted = [(name, ending) for name, kind in KINDS.items() for ending in kind.endings if ending in {"docx", "xlsx"}]
    files = [printed(name, ending, tmp_path) for name, ending in wanted]
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf", "--outdir",
         str(tmp_path), *map(str, files)],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    for (name, ending), made in zip(wanted, files, strict=True):
        found = looks_right(name, made.with_suffix(".pdf").read_bytes())
        landscape = ending == "xlsx" or name in {"post_list", "monthly_plan"}
        assert found[0].size == ((297, 210) if landscape else (210, 297)), name
