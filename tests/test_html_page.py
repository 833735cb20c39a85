"""The HTML page, as built and as real Chromium shows it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from jixiao.curves import department_curves
from jixiao.model.money import Money
from jixiao.model.records import Department, Project
from jixiao.report.charts import MOST_SMALL
from jixiao.report.html import as_html
from jixiao.rules.runner import Report
from tests.report_samples import AUTHORITY, HOSTILE, NODES, curves, finding, plan, report

DESKTOP, PHONE = 1280, 390
WIDTHS = pytest.mark.parametrize("width", [DESKTOP, PHONE], ids=["desktop", "phone"])
CHROMIUM = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def html(told: Report | None = None) -> str:
    return as_html(told or report(), curves(), f"目标 {HOSTILE}.xlsx")


def test_every_finding_has_a_row_with_all_it_says() -> None:
    rows = re.findall(r'<tr class="finding".*?</tr>', html())
    assert len(rows) == 5
    assert all(part in rows[1] for part in ("错误", "JX501", "E12", "培训场次", "及时", "指标值没有填写", AUTHORITY))


def test_texts_of_the_workbook_never_become_markup() -> None:
    page = html()
    assert page.count("<script>") == 1 and "<b>粗</b>" not in page and "alert('x')" not in page
    assert page.count("&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; &quot;引号&quot; ]]&gt;") >= 5


def test_the_page_names_no_address_but_the_name_of_svg() -> None:
    addresses = set(re.findall(r"[a-z]+://[^\"' >]+", html()))
    assert addresses == {"http://www.w3.org/2000/svg"}
    assert "src=" not in html().replace("default-src", "").replace("img-src", "")


def test_the_policy_allows_nothing_but_the_pages_own_style_and_script() -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html())
    assert policy is not None
    assert policy[1].startswith("default-src 'none'") and "unsafe" not in policy[1]
    assert policy[1].count("'sha256-") == 2


def test_without_findings_the_page_says_so_and_points_to_what_was_not_judged() -> None:
    assert "没有发现问题。" in html(replace(report(), findings=(), unchecked=()))
    assert "没有发现问题，但有未校验的内容，见下文。" in html(replace(report(), findings=()))


def test_sections_without_content_are_not_there() -> None:
    bare = html(replace(report(), unchecked=(), suppressed=(), void=()))
    assert 'id="unchecked"' not in bare and 'href="#suppressed"' not in bare
    assert 'id="unchecked"' in html() and 'href="#suppressed"' in html()


def test_a_very_long_text_is_cut_and_its_length_told() -> None:
    page = html(replace(report(), findings=(finding(value="长" * 500),)))
    assert "长" * 100 + '…<span class="empty">（共 500 字）</span>' in page and "长" * 101 not in page


def test_more_curves_than_fit_are_counted_and_those_without_a_plan_named() -> None:
    whole = plan({3: "25", 12: "100"})
    projects = tuple(Project(name=f"项目{number}", budget=Money(100), plan=whole) for number in range(30))
    many = department_curves(Department(projects=(*projects, Project(name="空项目"))), NODES)
    page = as_html(report(), many, "x")
    assert page.count("<svg ") == 2 + MOST_SMALL
    assert "共 30 项，按工作簿顺序画出前 24 项，其余 6 项未画出；上面的合计包含全部。" in page
    assert "<b>空项目</b> 预算数未填写" in page


def test_a_department_without_any_plan_has_no_picture() -> None:
    page = as_html(report(), department_curves(Department(), NODES), "x")
    assert "没有可用的资金支出计划，无法画出曲线。" in page and "<svg " not in page


class Page:
    """One browser window on one page."""

    def __init__(self, driver: webdriver.Chrome, file: Path) -> None:
        self.driver, self.file = driver, file

    def open(self, width: int = DESKTOP) -> Page:
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width == PHONE},
        )
        self.driver.get(self.file.as_uri())
        return self

    def run(self, script: str) -> Any:
        return self.driver.execute_script(script)

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def shown(self, selector: str) -> list[WebElement]:
        return [element for element in self.all(selector) if element.is_displayed()]

    def codes(self) -> list[str]:
        return [row.find_element(By.CSS_SELECTOR, ".code").text for row in self.shown(".finding")]

    def status(self) -> str:
        return self.one(".shown").text

    def search(self, text: str) -> None:
        self.one(".search input").clear()
        self.one(".search input").send_keys(text)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in (*CHROMIUM, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    yield driver
    driver.quit()


@pytest.fixture
def page(browser: webdriver.Chrome, tmp_path: Path) -> Page:
    file = tmp_path / "报告.html"
    file.write_text(html(), "utf-8")
    return Page(browser, file)


@pytest.mark.slow
def test_a_count_shows_its_severity_alone_and_a_second_one_adds_its_own(page: Page) -> None:
    page.open()
    assert page.codes() == ["JX206", "JX501", "JX511", "JX305", "JX702"] and page.status() == "显示 5 条，共 5 条"
    page.one("button.error").click()
    assert page.codes() == ["JX206", "JX501"] and page.status() == "显示 2 条，共 5 条"
    page.one("button.warning").click()
    assert page.codes() == ["JX206", "JX501", "JX511"]
    pressed = [button.get_attribute("aria-pressed") for button in page.all("button.count")]
    assert pressed == ["false", "true", "true", "false"]
    page.one("button.all").click()
    assert len(page.codes()) == 5


@pytest.mark.slow
def test_a_sheet_without_a_visible_finding_disappears_with_its_heading(page: Page) -> None:
    page.open().one("button.warning").click()
    assert [heading.text for heading in page.shown(".sheet h3 span")] == ["1.示范培训"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("分档", ["JX511"]),
        ("jx501", ["JX501"]),
        ("ＪＸ５０１", ["JX501"]),
        ("e13", ["JX511"]),
        ("示范培训 提示", ["JX305", "JX702"]),
        ("另一张表", ["JX702"]),
        ("<script>alert", ["JX702"]),
        ("88号", ["JX206", "JX501", "JX511", "JX305", "JX702"]),
    ],
)
def test_the_search_finds_all_words_anywhere_in_a_finding(page: Page, words: str, codes: list[str]) -> None:
    page.open().search(words)
    assert page.codes() == codes


@pytest.mark.slow
def test_search_and_filter_work_together_and_are_cleared_together(page: Page) -> None:
    page.open().one("button.error").click()
    page.search("分档")
    assert page.codes() == [] and page.one(".nothing").is_displayed()
    page.one(".reset").click()
    assert len(page.codes()) == 5 and not page.one(".nothing").is_displayed()
    assert page.one(".search input").get_attribute("value") == ""


@pytest.mark.slow
def test_half_typed_pinyin_does_not_filter(page: Page) -> None:
    page.open()
    page.run(
        "var box = document.querySelector('.search input'); box.value = 'fendang';"
        "box.dispatchEvent(new InputEvent('input', {isComposing: true}));"
    )
    assert len(page.codes()) == 5
    page.run(
        "var box = document.querySelector('.search input'); box.value = '分档';"
        "box.dispatchEvent(new CompositionEvent('compositionend'));"
    )
    assert page.codes() == ["JX511"]


@pytest.mark.slow
def test_the_keyboard_reaches_and_works_the_filters_and_the_search(page: Page) -> None:
    page.open().one("body").send_keys(Keys.TAB)
    assert page.driver.switch_to.active_element.text == "跳到正文"
    for _ in range(20):
        page.driver.switch_to.active_element.send_keys(Keys.TAB)
        if "warning" in (page.driver.switch_to.active_element.get_attribute("class") or ""):
            break
    page.driver.switch_to.active_element.send_keys(Keys.SPACE)
    assert page.codes() == ["JX511"]
    page.driver.switch_to.active_element.send_keys(Keys.TAB, Keys.TAB)
    assert page.driver.switch_to.active_element.tag_name == "input"


@pytest.mark.slow
@WIDTHS
def test_nothing_is_wider_than_the_screen(page: Page, width: int) -> None:
    long = finding(indicator="A" * 300, value="9" * 150, message="B" * 300)
    page.file.write_text(html(replace(report(), findings=(*report().findings, long))), "utf-8")
    page.open(width)
    assert page.run("return document.documentElement.scrollWidth <= window.innerWidth")
    wide = (
        "return [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
    )
    assert page.run(f"{wide}.map(e => e.outerHTML.slice(0, 80))") == []


@pytest.mark.slow
def test_on_a_phone_the_rows_are_cards_and_the_chart_is_the_narrow_one(page: Page) -> None:
    page.open(PHONE)
    assert page.shown(".sheet thead") == [] and page.shown("figure.large") == []
    assert page.one("figure.narrow").is_displayed()
    assert page.one(".finding").rect["width"] > 300
    page.open(DESKTOP)
    assert page.shown(".sheet thead") != [] and page.shown("figure.narrow") == []


@pytest.mark.slow
@WIDTHS
def test_the_page_asks_the_network_for_nothing_and_the_console_stays_empty(page: Page, width: int) -> None:
    page.driver.get_log("performance")
    page.driver.get_log("browser")
    page.open(width).one("button.error").click()
    events = [json.loads(entry["message"])["message"] for entry in page.driver.get_log("performance")]
    asked = {event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"}
    assert {url for url in asked if not url.startswith("data:")} == {page.file.as_uri()}
    assert page.driver.get_log("browser") == []


@pytest.mark.slow
def test_hostile_texts_are_shown_as_they_stand(page: Page) -> None:
    page.open()
    row = page.all(".finding")[-1]
    assert row.find_element(By.CSS_SELECTOR, ".value").text == HOSTILE
    assert row.find_element(By.CSS_SELECTOR, ".message").text == HOSTILE
    assert page.run("return document.scripts.length") == 1 and HOSTILE in page.driver.title


@pytest.mark.slow
def test_without_scripts_everything_is_visible_and_no_dead_control_is_shown(page: Page) -> None:
    page.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        page.open()
        assert len(page.shown(".finding")) == 5 and page.shown("button, input") == []
        assert [count.text for count in page.shown(".plain-counts .count")] == ["错误 2", "警告 1", "提示 2"]
    finally:
        page.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@pytest.mark.slow
def test_on_paper_the_controls_are_gone_and_the_rows_are_there(page: Page) -> None:
    page.open()
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert page.shown("button, input, nav") == [] and len(page.shown(".finding")) == 5
    finally:
        page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


CONTRASTS = """
function light(colour) {
  const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function ground(element) {
  for (; element; element = element.parentElement) {
    const colour = getComputedStyle(element).backgroundColor;
    if (!/^rgba.*, 0\\)$/.test(colour)) return colour;
  }
  return "rgb(255, 255, 255)";
}
const owning = [...document.querySelectorAll("body *:not(script):not(svg *)")]
  .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()));
return owning.map(e => {
  const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x);
  return [e.className || e.tagName, (a + 0.05) / (b + 0.05)];
});
"""


@pytest.mark.slow
def test_all_text_stands_out_from_its_ground(page: Page) -> None:
    page.open()
    for button in ("error", "warning", "info"):
        page.one(f"button.{button}").click()
    contrasts = page.run(CONTRASTS)
    assert len(contrasts) > 50
    assert [entry for entry in contrasts if entry[1] < 4.5] == []


@pytest.mark.slow
@WIDTHS
def test_labels_of_the_curves_do_not_touch_as_the_browser_draws_them(page: Page, width: int) -> None:
    shares = (1, 2, 3, 5, 8, 9, 10, 50, 97, 98, 99, 100)
    crowded = {month: str(share) for month, share in enumerate(shares, 1)}
    projects = tuple(
        Project(name=f"项目{budget}", budget=Money(budget), plan=plan(shares))
        for budget, shares in ((701590446, crowded), (4000000, {3: "20", 6: "50", 10: "80", 12: "100"}))
    )
    drawn = department_curves(Department(projects=projects), tuple(range(1, 13)))
    page.file.write_text(as_html(report(), drawn, "x"), "utf-8")
    page.open(width)
    boxes_of = "return [...document.querySelectorAll('svg')].map(s => [...s.querySelectorAll('.label')].map(e => "
    pictures = page.run(
        f"{boxes_of} (b => [b.x, b.y + b.height * 0.2, b.x + b.width, b.y + b.height * 0.8])(e.getBBox())))"
    )
    assert sum(len(boxes) for boxes in pictures) > 20
    for boxes in pictures:
        assert not any(a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3] for a, b in combinations(boxes, 2))
