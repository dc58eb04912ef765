"""The shared frame in a browser: login, messages, administrators' pages and the first day; toast, keys, menu, big type."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.journeys.checks import faults

PAGES = {
    "sysadmin": ["/admin/orgs/", "/admin/orgs/paste/", "/admin/party/", "/admin/units/", "/admin/units/paste/", "/admin/calendar/",
                 "/admin/compliance/", "/setup/", "/account/"],
    "secadmin": ["/admin/people/", "/admin/people/add/", "/admin/audit/security/"],
    "auditor": ["/admin/audit/", "/admin/audit/verify/", "/admin/audit/erased/"],
}  # fmt: skip
STEPS = ["names", "places", "units", "hours", "rules"]


def addresses(cast: Cast, role: str) -> list[str]:
    found = list(PAGES[role])
    if role == "sysadmin":
        found += [f"/setup/{cast.town.code}/{step}/" for step in STEPS]
        found += [f"/admin/orgs/{cast.xingfu.code}/", f"/admin/units/{cast.unit.code}/"]
    if role == "secadmin":
        found += [f"/setup/{cast.town.code}/people/", f"/admin/people/{cast.accounts['clerk'].code}/"]
    return found


@pytest.mark.parametrize("role", PAGES)
@pytest.mark.parametrize(("kind", "width", "least"), [("desk", 0, 24), ("phone", 320, 44)])
def test_administrators_pages_are_sound(
    served: Cast, pages: Callable[..., Page], login: Callable[..., None], role: str, kind: str, width: int, least: int
) -> None:
    page = pages(kind, width=width)
    login(page, role)
    wrong = {}
    for url in addresses(served, role):
        assert page.goto(url).status == 200
        found = faults(page, least=least)
        if found:
            wrong[url] = found
    assert wrong == {}, "\n".join(f"{url}: {words}" for url, found in wrong.items() for words in found)


@pytest.mark.parametrize(("kind", "least"), [("desk", 24), ("phone", 44)])
def test_login_and_messages_are_sound(served: Cast, pages: Callable[..., Page], kind: str, least: int) -> None:
    page = pages(kind)
    page.goto("/login/")
    assert faults(page, least=least) == []
    page.fill("[name=login]", "clerk")
    page.fill("[name=password]", "wrong")
    page.click("main button[type=submit]")
    expect(page.locator(".error-summary")).to_be_focused()
    assert page.title().startswith("错误：")
    assert page.input_value("[name=login]") == "clerk"
    assert faults(page, least=least) == []
    page.goto("/admin/nothing/")
    assert faults(page, least=least) == []


def test_login_works_without_scripts(served: Cast, pages: Callable[..., Page], login: Callable[..., None]) -> None:
    page = pages("desk", scripts=False)
    login(page, "sysadmin")
    expect(page.locator("h1")).to_have_text("组织")
    page.click(".who summary")
    page.click("text=退出")
    expect(page.locator("h1")).to_have_text("登录")


def test_toast_counts_down_and_goes(served: Cast, desk_page: Page, login: Callable[..., None]) -> None:
    login(desk_page, "sysadmin")
    desk_page.clock.install()
    desk_page.goto("/admin/orgs/")
    desk_page.select_option("#id_parent", label="示例镇（镇）")
    desk_page.fill("#id_name", "新建社区")
    desk_page.fill("#id_org_code", "SZ03")
    desk_page.click("text=加上")
    expect(desk_page.locator("[data-toast]")).to_contain_text("已建 新建社区")
    desk_page.clock.run_for(11_000)
    expect(desk_page.locator("[data-toast]")).to_have_count(0)


def test_keys_and_menus(served: Cast, desk_page: Page, login: Callable[..., None]) -> None:
    login(desk_page, "sysadmin")
    desk_page.keyboard.press("?")
    expect(desk_page.locator("details.keys")).to_have_attribute("open", "")
    desk_page.keyboard.press("Escape")
    expect(desk_page.locator("details.keys")).not_to_have_attribute("open", "")


def test_leaving_a_changed_form_is_asked(served: Cast, desk_page: Page, login: Callable[..., None]) -> None:
    login(desk_page, "sysadmin")
    desk_page.goto("/admin/orgs/paste/")
    desk_page.fill("#paste", "社区")
    asked = []
    desk_page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    desk_page.goto("/admin/units/")
    assert asked == ["beforeunload"]


def test_big_type_changes_sizes_only(served: Cast, phone_page: Page) -> None:
    phone_page.goto("/account/")
    words = phone_page.locator("main").inner_text()
    phone_page.context.add_cookies([{"name": "big", "value": "1", "url": phone_page.url}])
    phone_page.reload()
    assert phone_page.locator("main").inner_text() == words
    assert phone_page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") == pytest.approx(21)
    assert faults(phone_page, least=44) == []
