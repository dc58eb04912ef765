"""QR codes carry their text; charts say in words what they draw."""

import re
import xml.etree.ElementTree as ET

import segno

from baodao.base.papers import qr, svg


def matrix(drawn: str, size: int) -> list[list[int]]:
    """The modules of an SVG path of segno (runs of 'm x y h n'), one row a line."""
    path = re.search(r'class="qrline" stroke="#000" d="([^"]+)"', drawn)[1]
    rows = [[0] * size for _ in range(size)]
    x, y = 0.0, 0.0
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", path):
        values = [float(v) for v in re.findall(r"-?[\d.]+", numbers)]
        if command == "M":
            x, y = values
        elif command == "m":
            x, y = x + values[0], y + values[1]
        else:
            for column in range(int(x), int(x + values[0])):
                rows[int(y)][column] = 1
            x += values[0]
    return rows


def test_the_drawing_is_the_code_of_the_text():
    address = "http://127.0.0.1:8000/q/J3"
    code = segno.make(address, error="q", micro=False)
    wanted = [list(map(int, row)) for row in code.matrix]
    assert matrix(qr.svg(address, outdoors=True, quiet=0), len(wanted)) == wanted


def test_a_short_address_stays_readable_from_afar():
    assert qr.modules("https://bd.example/q/J3", quiet=4) <= 33
    assert 60 / qr.modules("https://bd.example/q/J3") > 1.7


def test_a_chart_is_well_formed_and_escapes():
    drawn = svg.stacked_bars([svg.Bar("家政<&>", (3, 0, 2)), svg.Bar("巡逻", (0, 0, 0))], ("办结", "办理中", "没安排"), title='"各类"')
    root = ET.fromstring(drawn)  # noqa: S314 - our own drawing
    assert root.get("aria-label") == '"各类"：家政<&>共5，办结3、办理中0、没安排2；巡逻共0，办结0、办理中0、没安排0'
    assert "style" not in drawn.replace("xmlns", "")


def test_bars_start_at_zero_and_share_one_scale():
    drawn = svg.stacked_bars([svg.Bar("甲", (10,)), svg.Bar("乙", (5,))], ("办结",), title="t")
    widths = [float(w) for w in re.findall(r'<rect x="96.0" y="\d+" width="([\d.]+)"', drawn)]
    assert widths[0] == 2 * widths[1]


def test_an_empty_chart_is_a_chart():
    root = ET.fromstring(svg.stacked_bars([], ("办结",), title="没有"))  # noqa: S314 - our own drawing
    assert root.get("aria-label") == "没有："
