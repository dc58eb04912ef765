"""The first day of a real town: from ``new`` in an empty folder to a closed month, a backup, an erasure and a restore.

Driven from outside like the other journey. A real town refuses BAODAO_TODAY, so that the days go by as they would for
it: the clock of the program's processes itself is moved on (``machine_clock``).
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Browser, Page, expect

from tests.journeys.town import Town, drop_database, new_database

PASSWORD = "twelve-grids-and-units"
FIRST = datetime.fromisoformat(f"{os.environ.get('BAODAO_TODAY') or date.today()}T11:00:00+08:00")
MACHINE_CLOCK = """
import os
moved = os.environ.get("MACHINE_CLOCK")
if moved:
    import datetime, time_machine
    time_machine.travel(datetime.datetime.fromisoformat(moved), tick=True).start()
"""
PEOPLE = ("王建国", "李梅", "张丽", "陈勇", "刘洋", "马静")


@dataclass
class RealTown(Town):
    """A town whose machine's clock can be put on."""

    moment: datetime = FIRST

    def environment(self) -> dict[str, str]:
        """The settings of a real town, and the shim that moves the clock of Python."""
        shim = self.folder.parent / "shim"
        shim.mkdir(exist_ok=True)
        (shim / "sitecustomize.py").write_text(MACHINE_CLOCK)
        self.day = None
        return {**super().environment(), "PYTHONPATH": str(shim), "MACHINE_CLOCK": self.moment.isoformat()}

    def window(self, login: str) -> Page:
        """A window of one person; logging in is the caller's business."""
        if login not in self._contexts:
            assert self.browser is not None
            context = self.browser.new_context(
                viewport={"width": 1366, "height": 900}, base_url=self.url, locale="zh-CN", accept_downloads=True
            )
            self._contexts[login] = context
            page = context.new_page()
            page.set_default_timeout(30_000)
            page.on("pageerror", lambda error: self._note(str(error)))
        return self._contexts[login].pages[0]

    def enter_again(self, login: str) -> Page:
        """Through the login page with the chosen password."""
        page = self.window(login)
        self.enter(page, login, PASSWORD)
        return page

    def later(self, moment: datetime) -> None:
        """Go on at a later moment."""
        self.stop()
        self.moment = moment
        self.start()


@pytest.fixture
def databases() -> Iterator[object]:
    """``databases()`` gives an empty database of the kind under test ("" for the file in the folder)."""
    server, made = os.environ.get("DATABASE_URL", ""), []

    def _new() -> str:
        if not server.startswith("postgres"):
            return ""
        made.append(new_database(server))
        return made[-1]

    yield _new
    for one in made:
        drop_database(one, server)


@pytest.fixture
def town(browser: Browser, tmp_path: Path, databases) -> Iterator[RealTown]:
    folder = tmp_path / "data"
    folder.mkdir()
    found = RealTown(folder, databases(), browser)
    try:
        yield found
    finally:
        found.stop()


def enter_first(town: RealTown, login: str, code: str) -> Page:
    """With the one-time code, to a password of one's own; the window stays logged in."""
    page = town.window(login)
    page.goto("/login/")
    page.fill("[name=login]", login)
    page.fill("[name=password]", code)
    page.click("main button[type=submit]")
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=password2]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "/login/" not in url)
    return page


def ledger_file() -> bytes:
    """A list as a unit sends it: a title, six people, a total."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory) as book:
        sheet = book.add_worksheet("名单")
        sheet.merge_range(0, 0, 0, 5, "县水利局在职党员报到名单")
        sheet.write_row(1, 0, ["序号", "姓名", "工作单位", "联系电话", "报到社区", "可服务时间"])
        for number, name in enumerate(PEOPLE, 1):
            sheet.write_row(1 + number, 0, [number, name, "水利局", 13900000000 + number, "幸福社区", "周六上午、周日上午"])
        sheet.write_row(8, 0, ["合计", 6])
    return memory.getvalue()


class FirstDays:
    """The steps, each by the person whose they are."""

    def __init__(self, town: RealTown) -> None:
        self.town = town
        self.month = f"{(FIRST.replace(day=1) + timedelta(days=32)):%Y-%m}"

    def new(self) -> None:
        """One command; nothing of the demo, three codes."""
        out = self.town.run("new", "--county", "SX", "示例县", "--town", "SZ", "示例镇", "--admin", "root")
        self.codes = dict(re.findall(r"登录名 (\S+)  一次性码 (\S+)", out))
        assert set(self.codes) == {"root", "root-sec", "root-audit"}
        self.town.start()

    def seven_steps(self) -> None:
        """Left after each step and taken up again where it was left."""
        root = enter_first(self.town, "root", self.codes["root"])
        self._open(root, 7, "名称和电话")
        root.fill("[name=phone]", "0997-5550100")
        root.fill("[name=document_word]", "示党")
        root.click("text=保存，下一步")
        self._open(root, 6)
        root.fill("[name=text]", "社区,网格,小区,电话\n幸福社区,第一网格,幸福小区,0997-5550101\n健康社区,第一网格,健康小区,0997-5550102")
        root.click("text=保存，下一步")
        self._open(root, 5)
        root.fill("[name=text]", "县水利局,水利局,县水利局党支部\n县教育局,教育局,县教育局党支部")
        root.click("text=保存，下一步")
        self._open(root, 4)
        root.click("text=保存，下一步")
        root.goto("/setup/")
        expect(root.locator("main")).to_contain_text("还有 3 步没做")
        self._staff()
        self._open(root, 2)
        root.click("text=先放着")
        root.goto("/setup/")
        expect(root.locator("main")).to_contain_text("还有 1 步没做")

    def _open(self, page: Page, left: int, title: str = "") -> None:
        """Come back: the overview says how many are left, and leads on."""
        page.goto("/setup/")
        expect(page.locator("main")).to_contain_text(f"还有 {left} 步没做")
        link = page.locator("a.btn-primary").first
        if title:
            expect(link).to_contain_text(title)
        link.click()
        expect(page.locator("main")).to_contain_text("步，共 7 步")

    def _staff(self) -> None:
        keeper = enter_first(self.town, "root-sec", self.codes["root-sec"])
        keeper.goto("/setup/")
        keeper.locator("a.btn-primary").first.click()
        keeper.fill(
            "[name=text]",
            "姓名,登录名,角色,管哪里\n孙敏,sunmin,镇党委经办,示例镇\n王建国,wangjg,镇党委签发,示例镇\n"
            "李娜,lina,社区专干,幸福社区\n吴军,wujun,社区书记,幸福社区",
        )
        keeper.click("text=保存，出卡片")
        expect(keeper.locator("h1")).to_contain_text("4 张登录卡片")
        words = keeper.inner_text("main")
        self.staff = dict(re.findall(r"登录名\s+(\w+)\s+一次性码\s+(\S+)", words))
        assert set(self.staff) == {"sunmin", "wangjg", "lina", "wujun"}
        for login in self.staff:
            enter_first(self.town, login, self.staff[login])

    def first_ledger(self) -> None:
        """The clerk takes the unit's list in."""
        page = self.town.window("lina")
        page.goto("/setup/")
        page.locator("a.btn-primary").first.click()
        page.click("text=从 Excel 导入")
        page.set_input_files(
            "[name=file]",
            {"name": "水利局.xlsx", "buffer": ledger_file(),
             "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        )  # fmt: skip
        page.click("text=传上来核对")
        page.click("text=表头对了，核对内容")
        page.click("a:has-text('行会怎样'), a:has-text('看导入会变什么')")
        page.click("button:has-text('导入')")
        expect(page.locator("main")).to_contain_text("新增 6 人")
        page.goto("/setup/")
        expect(page.locator("main")).to_contain_text("都做完或放下了")

    def a_small_plan(self) -> None:
        """One post, the coming month's shifts, a plan, its approval, its offers, the answers."""
        page, lead = self.town.window("lina"), self.town.window("wujun")
        page.goto("/desk/posts/new/form/?template=courtyard_cleaning")
        page.fill("[name=min_people]", "1")
        page.fill("[name=desired_people]", "2")
        page.fill("[name=max_people]", "3")
        page.select_option("[name=leader]", index=1)
        page.click("main button[type=submit].btn-primary")
        page.click("button:has-text('开放')")
        page.goto(f"/desk/shifts/?month={self.month}")
        page.click("text=照岗位生成")
        page.goto(f"/desk/plan/?month={self.month}")
        page.click(".head-actions button")
        expect(page.locator("h1")).to_contain_text("草案", timeout=60_000)
        page.click("text=送书记审批")
        lead.goto(f"/desk/plan/?month={self.month}")
        lead.click("button:has-text('批准')")
        page.goto(f"/desk/plan/?month={self.month}")
        page.click("button:has-text('发邀请')")
        expect(page.locator("h1")).to_contain_text("邀请的答复")
        page.goto(f"/desk/offers/?month={self.month}")
        answered = 0
        while page.locator("text=代办答复").count():
            page.locator("text=代办答复").first.click()
            page.check("[name=asked_how][value=phone]", force=True)
            page.locator("button:text-is('他说来')").click()
            page.goto(f"/desk/offers/?month={self.month}")
            answered += 1
        assert answered >= 4

    def served_and_closed(self) -> None:
        """A month later: rolls, confirmations, the close, the signed bulletin."""
        year, number = (int(part) for part in self.month.split("-"))
        over = datetime(year + number // 12, number % 12 + 1, 1, 11, 0, tzinfo=FIRST.tzinfo)
        self.town.later(over)
        page = self.town.enter_again("lina")
        page.goto("/desk/rolls/")
        waiting = "section:has(h2:has-text('等点名的')) a[href*='/desk/rolls/']"  # those rolled lately stand below
        while page.locator(waiting).count():
            page.locator(waiting).first.click()
            page.click("button:has-text('其余都到'), button:has-text('点完')")
            page.goto("/desk/rolls/")
        page.goto("/desk/records/")
        page.locator("[data-pick-all]").check(force=True)
        page.click("text=被服务的人说办好了，确认")
        out = self.town.run("close_month", "--town", "SZ", "--month", self.month)
        assert re.search(r"服务 [1-9]\d* 人次", out), out
        draft = self.town.enter_again("sunmin")
        draft.goto("/town/month/")
        draft.locator(f"tr:has-text('{year}年{number}月') a[href*='/town/bulletin/']").click()
        address = draft.url
        draft.click("text=送签")
        lead = self.town.enter_again("wangjg")
        lead.goto(address)
        lead.click("text=签发并编号")
        expect(lead.locator("main")).to_contain_text("已签收", timeout=60_000)

    def erased_and_restored(self, target: str, folder: Path) -> None:
        """A backup, then one person leaves and is erased; the restored town elsewhere works and has no contact of hers."""
        kept = self.town.folder.parent / "kept"
        page = self.town.window("lina")
        page.goto("/desk/ledger/?q=李梅")
        page.locator("a:has-text('李梅')").first.click()
        page.locator("details.confirm:has-text('离开台账') summary").click()
        page.click("text=确定离开")
        self.town.run("backup", str(kept))
        self.town.later(self.town.moment + timedelta(days=31))
        self.town.run("retention")  # unless the worker was quicker
        assert "member_contact " in (self.town.folder / "erasures.log").read_text()
        out = self.town.run("restore", str(kept), "--into", target or f"sqlite:///{folder / 'baodao.sqlite3'}", "--verify")
        assert re.search(r"[12] 项重新删除", out), out  # her telephone; the list she came with, if it was still there
        self.town.stop()
        (folder / "keys").mkdir()
        for key in (self.town.folder / "keys").iterdir():
            (folder / "keys" / key.name).write_bytes(key.read_bytes())
        other = RealTown(folder, target, self.town.browser, moment=self.town.moment)
        other.start()
        try:
            page = other.enter_again("lina")
            page.goto("/desk/ledger/?q=王建国")
            expect(page.locator("main")).to_contain_text("王建国")
            page.goto("/desk/ledger/?q=李梅&state=left")
            expect(page.locator("main")).not_to_contain_text("0002")
            other.run("verify_audit")
        finally:
            other.stop()


def test_the_first_days_of_a_real_town(town: RealTown, databases, tmp_path: Path) -> None:
    """new → seven steps → first ledger → a small month planned, served, closed, signed → backup, erasure, restore."""
    days = FirstDays(town)
    days.new()
    days.seven_steps()
    days.first_ledger()
    days.a_small_plan()
    days.served_and_closed()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    days.erased_and_restored(databases(), elsewhere)
    assert town.faults == []
