"""The first half of the month: ledger, report-in, offers of time, needs, triage. Each step acts as the person it names."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.town import Town


def following(day: date) -> str:
    """The month after a day's, as YYYY-MM."""
    return f"{day.year + day.month // 12}-{day.month % 12 + 1:02d}"


class FirstHalf:
    """What the clerk, a member, a resident and the grid worker do before anything is planned."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.day = town.day or date.fromisoformat(town.page().evaluate("new Date().toLocaleDateString('sv')"))
        self.month = following(self.day)
        self.known: dict[str, Any] = {}

    def toast(self, page: Page, words: str) -> None:
        """The page says what was done."""
        expect(page.locator(".toast-bar")).to_contain_text(words)

    def paper(self, page: Page, address: str | None, begins: bytes) -> bytes:
        """Fetch a paper as this person; it is a file of that kind."""
        assert address
        answer = page.request.get(address)
        assert answer.status == 200 and answer.body().startswith(begins), (address, answer.status)
        return answer.body()

    def step_01_ledger_from_a_file(self) -> None:
        """摸底建账: the clerk takes an untidy file in: heads, faults in the cells, changes, the good rows."""
        page = self.town.page("clerk")
        page.goto("/desk/imports/")
        page.set_input_files("[name=file]", str(self._file("水利局")))
        page.click("text=传上来核对")
        page.click("text=表头对了，核对内容")
        expect(page.locator("main")).to_contain_text("性别")  # named as dropped, not kept
        expect(page.locator(".problems").first).to_be_visible()
        self.town.shot(page, "01-import-check")
        page.click("a:has-text('行会怎样'), a:has-text('看导入会变什么')")
        page.click("button:has-text('导入')")
        expect(page.locator("main")).to_contain_text("已导入")
        added = int(re.findall(r"新增 (\d+) 人", page.inner_text("main"))[0])
        assert added > 0
        self.town.shot(page, "01-ledger-imported")

    def _file(self, word: str) -> Path:
        found = [one for one in (self.town.folder / "demo-inputs").iterdir() if word in one.name]
        assert len(found) == 1, found
        return found[0]

    def step_02_report_in(self) -> None:
        """报到: slips printed, the first ones reported in, receipts back to the unit."""
        page = self.town.page("clerk")
        page.goto("/desk/reporting/")
        for section, verb in (("#issued", "选中的今天来报到了"), ("#reported", "选中的回执已退给单位")):
            picks = page.locator(f"{section} input[name=pick]")
            if picks.count():
                picks.first.check(force=True)
                page.click(f"text={verb}")
                expect(page.locator(".toast-bar")).to_be_visible()
        self.paper(page, page.locator("a:has-text('打印回执')").get_attribute("href"), b"%PDF")
        page.goto("/desk/ledger/")
        self.town.shot(page, "02-ledger")

    def step_03_what_a_member_offers(self) -> None:
        """亮身份: the member says on the phone when, how often, what."""
        page = self.town.page("member", phone=True)
        page.goto("/me/profile/time/")
        for slot in ("saturday_evening", "sunday_afternoon", "saturday_afternoon", "saturday_morning", "sunday_morning"):
            page.check(f"[name=slots][value={slot}]", force=True)
        for value in page.locator("[name=wishes]:checked").evaluate_all("boxes => boxes.map(box => box.value)"):
            page.uncheck(f"[name=wishes][value={value}]")
        page.fill("[name=max_per_month]", "6")
        page.click("text=保存")
        self.toast(page, "记下了")
        page.goto("/me/profile/name/")
        page.check("[name=name_form][value=surname]", force=True)
        page.click("text=保存")
        self.toast(page, "改了")
        self.town.shot(page, "03-member")

    def step_04_needs_by_three_doors(self) -> None:
        """诉求收集: by QR without login, at the desk, at the door, and a list from a file."""
        page = self.town.page(phone=True)
        page.goto("/q/SZ01/need")
        page.fill("[name=text]", "三单元楼道灯坏了三天，晚上看不见台阶")
        page.check("[name=category][value=facility]", force=True)
        page.fill("[name=contact_name]", "王阿姨")
        page.fill("[name=contact_phone]", "13800000001")
        self.town.shot(page, "04-need-write")
        page.click("text=下一步")
        expect(page.locator("main")).to_contain_text("三单元楼道灯坏了三天")
        page.click("text=确认，提交")
        expect(page.locator("h1")).to_have_text("已收到")
        words = page.inner_text(".slip")
        self.known["number"] = re.sub(r"\D", "", re.findall(r"\d{4}\s?\d{4}", words)[0])
        self.known["secret"] = re.findall(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", words)[0]
        self.town.shot(page, "04-need-received")
        self._at_the_desk()
        self._at_the_door()
        out = self.town.run("import_needs", str(self._file("诉求登记")), "--community", "SZ01", "--partial", "--json")
        assert '"added": ' in out

    def _at_the_desk(self) -> None:
        page = self.town.page("clerk")
        page.goto("/desk/needs/new/")
        page.fill("[name=text]", "想请人教手机挂号，自己弄不明白")
        page.keyboard.press("Control+Enter")
        expect(page.locator("main")).to_contain_text("想请人教手机挂号")

    def _at_the_door(self) -> None:
        page = self.town.page("grid", phone=True)
        page.goto("/desk/door/")
        page.fill("[name=text]", "院里健身器材的螺丝松了")
        page.click("main button[type=submit]")
        expect(page.locator("main")).to_contain_text("院里健身器材")

    def step_05_triage(self) -> None:
        """审核分级: light or heavy, slow or urgent; another one is refused with the reason told."""
        page = self.town.page("clerk")
        page.goto("/desk/needs/")
        page.goto(self._need_address(page))
        page.check("#accept [name=weight][value=heavy]", force=True)
        page.check("#accept [name=urgency][value=urgent]", force=True)
        page.click("#accept button.btn-primary")
        expect(page.locator(".toast-bar, .sub").first).to_be_visible()
        expect(page.locator("main")).to_contain_text("待安排")
        page.goto("/desk/")
        self.town.shot(page, "05-today")

    def _need_address(self, page: Page) -> str:
        """The desk's page of the resident's need, found on the board by its number."""
        number = f"{self.known['number'][:4]} {self.known['number'][4:]}"
        for where in ("/desk/", "/desk/needs/?state=registered", "/desk/needs/"):
            page.goto(where)
            row = page.locator("article, tr, li", has_text=number)
            if row.count():
                found = row.first.locator("a[href*='/desk/needs/']").first.get_attribute("href")
                assert found
                self.known["need"] = found.split("#")[0]
                return str(self.known["need"])
        raise AssertionError(f"the need {number} is on no list of the desk")
