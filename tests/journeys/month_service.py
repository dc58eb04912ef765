"""The second half of the month: posts, plan, promises, service, confirmation, month's end."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.journeys.month_steps import FirstHalf

PATROL = "夜间平安巡逻"


def words_of(docx: bytes) -> str:
    """All text of a Word file."""
    with zipfile.ZipFile(io.BytesIO(docx)) as found:
        return re.sub(r"<[^>]+>", "", found.read("word/document.xml").decode())


class Story(FirstHalf):
    """The whole month."""

    def step_06_a_post_from_a_need(self) -> None:
        """设岗: a post made for the resident's need from the catalogue, its leader named, open; the need handed to it."""
        page = self.town.page("clerk")
        page.goto(self.known["need"])
        page.click("text=为这件事设一个")
        page.locator("tr", has_text="小修").locator("a").first.click()
        page.fill("[name=name]", "楼道灯和水电小修")
        page.select_option("[name=leader]", index=1)
        page.fill("[name=insurance]", "志愿者意外险")
        page.click("button:has-text('存成草稿')")
        expect(page.locator("h1")).to_contain_text("草稿")
        page.click("button:text-is('开放')")
        expect(page.locator("h1")).to_contain_text("楼道灯和水电小修")
        self.town.shot(page, "06-post")
        page.goto(self.known["need"])
        page.select_option("#assign_post", label="楼道灯和水电小修")
        page.fill("#assign_words", "小修岗的师傅来换灯")
        page.locator("#assign button").click()
        expect(page.locator("main")).to_contain_text("办理中")

    def step_07_plan_offers_and_answers(self) -> None:
        """认领与派单: solve, lock, take out, solve again, approve, publish; accept, 代办, the unit's extract, duty."""
        page = self.town.page("clerk")
        page.goto(f"/desk/plan/?month={self.month}")
        self._solve(page)
        self._by_hand(page)
        self._solve(page)
        expect(page.locator("main")).to_contain_text("锁定：")
        self.town.shot(page, "07-plan")
        page.click("text=送书记审批")
        lead = self.town.page("secretary")
        lead.goto(f"/desk/plan/?month={self.month}")
        lead.click("button:has-text('批准')")
        expect(lead.locator("h1")).to_contain_text("已批准")
        page.goto(f"/desk/plan/?month={self.month}")
        page.click("button:has-text('发邀请')")
        expect(page.locator("h1")).to_contain_text("邀请的答复")
        self._answers(page)
        self._unit()

    def _solve(self, page: Page) -> None:
        """The button returns at once; the page waits for the worker and then shows the plan."""
        page.click(".head-actions button")
        expect(page.locator("h1")).to_contain_text("草案", timeout=60_000)
        expect(page.locator("[data-run]")).to_have_count(0)
        expect(page.locator("main")).to_contain_text("离理论最好")

    def _by_hand(self, page: Page) -> None:
        """Why this person; lock one, take another out."""
        page.locator(".chips a.chip:not(.chip-open)").first.click()
        expect(page.locator(".rail")).to_contain_text("为什么是")
        self.town.shot(page, "07-why")
        page.click(".rail button:has-text('锁定')")
        page.locator(".chips a.chip:not(.chip-open)").nth(3).click()
        page.click(".rail button:has-text('拿下来')")
        expect(page.locator(".toast-bar")).to_be_visible()

    def _answers(self, page: Page) -> None:
        """The member answers on the phone, or takes an open place; two others told the desk."""
        phone = self.town.page("member", phone=True)
        phone.goto("/me/")
        self.town.shot(phone, "07-offer")
        for _turn in range(phone.locator("button:has-text('我会来')").count()):
            phone.locator("button:has-text('我会来')").first.click()
            expect(phone.locator(".toast-bar")).to_be_visible()
        if not self._accepted_days(phone):
            self._take_a_place(phone)
            expect(phone.locator(".toast-bar")).to_be_visible()
        self.known["day"] = self._accepted_days(phone)[0]
        page.goto(f"/desk/offers/?month={self.month}")
        for answer in ("他说来", "他说来", "他说来不了"):
            page.locator("text=代办答复").first.click()
            page.check("[name=asked_how][value=phone]", force=True)
            page.locator(f"button:text-is('{answer}')").click()
            expect(page.locator(".toast-bar")).to_contain_text("记下了")
        self.town.shot(page, "07-answers")
        self._patrols_come(page)

    def _patrols_come(self, page: Page) -> None:
        """Who was asked for the leader's patrols of the days before the roll told the desk by telephone: all come."""
        last = self.known["day"]
        days = [f"{last - timedelta(days=back):%m-%d}" for back in range(3)]
        found: list[str] = []
        for number in range(1, 6):
            page.goto(f"/desk/offers/?month={self.month}&page={number}")
            for row in page.locator("tr", has_text=PATROL).all():
                if any(day in row.inner_text() for day in days) and row.locator("text=代办答复").count():
                    found.append(row.locator("text=代办答复").get_attribute("href") or "")
        for address in list(dict.fromkeys(found))[:4]:
            page.goto(address)
            page.check("[name=asked_how][value=phone]", force=True)
            page.locator("button:text-is('他说来')").click()
            expect(page.locator("main")).to_be_visible()

    def _take_a_place(self, phone: Page) -> None:
        year, month = (int(part) for part in self.month.split("-"))
        for number in range(1, 29):
            phone.goto(f"/me/shifts/?day={date(year, month, number).isoformat()}")
            for href in [a.get_attribute("href") for a in phone.locator("a.cell:has-text('差')").all()]:
                phone.goto(href or "")
                if phone.locator("button:has-text('我来')").count():
                    phone.click("button:has-text('我来')")
                    return
        raise AssertionError("no open place fits the member in the whole month")

    def _accepted_days(self, phone: Page) -> list[date]:
        """The days in the month on which the member serves, from the member's own copy."""
        places = phone.request.get("/me/profile/mine.json").json()["班次"]
        days = [one["日期"] for one in places if one["状态"] == "已接受" and one["日期"].startswith(self.month)]
        return [date.fromisoformat(one) for one in sorted(days)]

    def _unit(self) -> None:
        """The liaison sees accepted names only, confirms the list, takes the Word file, marks a day of duty."""
        page = self.town.page("liaison", phone=True)
        page.goto(f"/unit/?month={self.month}")
        if page.locator("text=名单对，确认").count():
            page.click("text=名单对，确认")
        self.town.shot(page, "07-unit")
        page.goto(f"/unit/extract/?month={self.month}")
        listed = page.locator(".unit-line strong").all_inner_texts()
        text = words_of(self.paper(page, f"/unit/extract/{self.month}.docx", b"PK"))
        assert all(line.split("　")[0].strip() in text for line in listed), (listed, text[:400])

    def step_08_promises_on_the_board(self) -> None:
        """承诺公示: three sentences on the phone, read by the secretary, on the public page and the A3 poster."""
        phone = self.town.page("member", phone=True)
        phone.goto("/me/posts/")
        phone.locator("h2:has-text('本社区的岗位') ~ ul a.cell").first.click()
        if not phone.locator("a:has-text('写承诺')").count():
            self.known["promise"] = ""
            return
        phone.click("a:has-text('写承诺')")
        phone.fill("[name=goal]", "楼道灯报修不过夜")
        phone.fill("[name=when]", "每周六 20:30–22:00，到月底")
        phone.fill("[name=quality]", "每次写记录，次日社区回复")
        self.town.shot(phone, "08-promise")
        phone.click("text=签下承诺")
        self.toast(phone, "交给书记看")
        lead = self.town.page("secretary")
        lead.goto("/desk/commitments/")
        lead.locator("tr", has_text="楼道灯报修不过夜").locator("a").first.click()
        lead.click("text=通过，贴出来")
        board = self.town.page(phone=True)
        board.goto("/board/SZ01/?lang=zh-hans")
        expect(board.locator("main")).to_contain_text("楼道灯报修不过夜")
        expect(board.locator("main")).to_contain_text("师傅")
        self.town.shot(board, "08-board")
        self.paper(lead, "/desk/commitments/poster.pdf", b"%PDF")

    def step_09_service_and_roll_call(self) -> None:
        """服务: the leader calls the roll of a patrol on the phone; the desk enters the others from the paper sheet."""
        self.town.on(self.known["day"] + timedelta(days=1))
        self._roll_on_the_phone()
        phone = self.town.page("member", phone=True)
        phone.goto("/me/records/")
        page = self.town.page("clerk")
        page.goto("/desk/rolls/")
        self.town.shot(page, "09-rolls")
        addresses = [a.get_attribute("href") or "" for a in page.locator("main a[href*='/desk/rolls/']").all()]
        rolled = 0
        for address in addresses:
            if rolled == 3:
                break
            page.goto(address)
            finish = page.locator(".bar button.btn-primary")
            if not finish.count():  # nobody accepted a place in it
                continue
            if not rolled:
                page.locator(".tap-present").first.click()
                self.town.shot(page, "09-roll-call")
            page.locator(".bar button.btn-primary").click()
            expect(page.locator(".toast-bar")).to_be_visible()
            rolled += 1
        assert rolled, addresses

    def _roll_on_the_phone(self) -> None:
        """The leader finds the fullest shift on the first page, taps each name, corrects one, ticks what was seen, is done."""
        phone = self.town.page("leader", phone=True)
        phone.goto("/me/")
        cells = phone.locator("a.cell[href*='/me/roll/']:has-text('点名')").all()
        held = {cell.get_attribute("href") or "": cell.inner_text() for cell in cells if "已点名" not in cell.inner_text()}
        names, address = max((self._called(phone, one), one) for one in held)
        phone.goto(address)
        assert names >= 2, held
        for place in range(names):
            self._tap(phone, place, "present")
        self._tap(phone, names - 1, "leave")
        self._tap(phone, names - 1, "present")
        assert phone.locator(".tap[aria-pressed=true]").count() == names
        assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        sizes = phone.locator(".tap").evaluate_all("taps => taps.map(tap => tap.getBoundingClientRect()).map(r => [r.width, r.height])")
        assert min(min(size) for size in sizes) >= 44, sizes
        if phone.locator("[name=finding][value=all_well]").count():
            phone.locator("label:has([name=finding][value=all_well])").click()
            expect(phone.locator("[name=finding][value=all_well]")).to_be_checked()
        self.town.shot(phone, "09-roll-on-the-phone")
        phone.locator("button.btn-primary:has-text('点完')").click()
        expect(phone.locator(".toast-bar")).to_be_visible()
        phone.goto(address)
        expect(phone.locator("main")).to_contain_text("已点完")

    def _called(self, phone: Page, address: str) -> int:
        """How many names a roll can be called of now (0 before its hour)."""
        phone.goto(address)
        return phone.locator(".roll li:has(.tap-present)").count()

    def _tap(self, phone: Page, place: int, mark: str) -> None:
        phone.locator(".roll li").nth(place).locator(f".tap-{mark}").click()
        expect(phone.locator(".roll li").nth(place).locator(f".tap-{mark}")).to_have_attribute("aria-pressed", "true")

    def step_10_confirmed_and_told(self) -> None:
        """确认评单: the grid worker confirms the patrols of his post; the desk what the served said; the need told, tracked."""
        grid = self.town.page("grid", phone=True)
        grid.goto("/desk/records/mine/")
        expect(grid.locator("main")).to_contain_text(PATROL)
        assert grid.evaluate("[...document.querySelectorAll('.ledger-box')].every(box => box.scrollWidth <= box.clientWidth)")
        grid.locator("[data-pick-all]").check(force=True)
        grid.click("text=确认选中的")
        self.toast(grid, "确认了")
        page = self.town.page("clerk")
        page.goto("/desk/records/")
        page.locator("[data-pick-all]").check(force=True)
        page.click("text=被服务的人说办好了，确认")
        self.toast(page, "确认了")
        page.goto(self.known["need"])
        page.fill("#finish_outcome", "灯换好了，晚上亮了")
        page.click("#finish button")
        page.goto(self.known["need"])
        page.check("#told_phone", force=True)
        page.click("text=已告知，办结")
        expect(page.locator("main")).to_contain_text("办结")
        resident = self.town.page(phone=True)
        resident.goto("/t/")
        resident.fill("[name=code]", self.known["number"])
        resident.fill("[name=secret]", self.known["secret"])
        resident.click("main button[type=submit]")
        expect(resident.locator("main")).to_contain_text("灯换好了，晚上亮了")
        self.town.shot(resident, "10-track")

    def step_11_the_month_is_closed_and_signed(self) -> None:
        """计分与通报: close, points, assessment, bulletin drafted, signed, delivered, received; the chains hold."""
        year, number = (int(part) for part in self.month.split("-"))
        self.town.on(date(year + number // 12, number % 12 + 1, 1))
        page = self.town.page("town")
        page.goto("/town/month/")
        for _turn in range(4):  # the months before are open in the demo
            closing = page.locator("details.confirm:has-text('结月')")
            if closing.count():
                closing.last.locator("summary").click()
                closing.last.locator("button").click()
                page.goto("/town/month/")
        page.goto(f"/town/assessment/communities/?month={self.month}")
        self.town.shot(page, "11-assessment")
        page.goto("/town/month/")
        page.locator(f"tr:has-text('{year}年{number}月') a[href*='/town/bulletin/']").click()
        self.known["bulletin"] = page.url
        page.click("text=送签")
        lead = self.town.page("townlead")
        lead.goto(self.known["bulletin"])
        lead.click("text=签发并编号")
        expect(lead.locator("main")).to_contain_text("已签收", timeout=60_000)
        self.town.shot(lead, "11-bulletin")
        href = lead.locator("a[href*='/copy/docx']").first.get_attribute("href")
        assert "通报" in words_of(self.paper(lead, href, b"PK"))
        liaison = self.town.page("liaison", phone=True)
        liaison.goto("/unit/papers/")
        liaison.locator("button:has-text('签收')").first.click()
        member = self.town.page("member", phone=True)
        member.goto(f"/me/points/?year={year}")
        expect(member.locator("main")).to_contain_text("分钟")
        self.town.shot(member, "11-points")
        self.town.run("verify_audit")
        self.town.run("verify_points")
