"""The pictures of the spend curves: geometry, labels, escaping, and the PNG."""

from __future__ import annotations

import struct
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.curves import Curve, department_curves
from jixiao.model.money import Money
from jixiao.model.records import Department, Project
from jixiao.report.charts import LARGE, MOST_SMALL, SMALL, Look, amount_text, curve_svg, unit_for
from jixiao.report.columns import columns
from jixiao.report.picture import NoChineseFont, curve_png, curves_png, curves_svg
from jixiao.sample import real_department
from tests.report_samples import HOSTILE, NODES, curve, curves, plan

SVG = "{http://www.w3.org/2000/svg}"
USUAL = {3: "20", 6: "50", 10: "80", 12: "100"}
LOOKS = pytest.mark.parametrize("look", [LARGE, SMALL], ids=["large", "small"])

Box = tuple[float, float, float, float]


def drawn(shown: Curve, title: str = "标题", look: Look = LARGE) -> ElementTree.Element:
    return ElementTree.fromstring(curve_svg(shown, title, look=look))


def labels(root: ElementTree.Element) -> list[ElementTree.Element]:
    return [text for text in root.iter(f"{SVG}text") if text.get("class") == "label"]


def box_of(label: ElementTree.Element, size: float) -> Box:
    """As narrow and low as the text really is: half a size a column, from baseline to the top of the digits."""
    left, baseline = float(label.get("x", "")), float(label.get("y", ""))
    return left, baseline - size * 0.8, left + columns(label.text or "") * size * 0.5, baseline


def meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def polyline(root: ElementTree.Element, name: str) -> list[tuple[float, float]]:
    line = next(line for line in root.iter(f"{SVG}polyline") if line.get("class") == name)
    points = [point.split(",") for point in line.get("points", "").split()]
    return [(float(x), float(y)) for x, y in points]


@st.composite
def usable_curves(draw: st.DrawFn) -> Curve:
    months = sorted(draw(st.sets(st.integers(1, 12), min_size=1, max_size=12)))
    shares = sorted(draw(st.lists(st.integers(0, 100), min_size=len(months), max_size=len(months))))
    shares[-1] = 100
    budget = draw(st.sampled_from(["0", "0.01", "12", "40000", "7015904.46", "98765432109.87"]))
    return curve(budget, dict(zip(months, map(str, shares), strict=True)))


@LOOKS
@given(shown=usable_curves())
def test_no_label_covers_another_or_leaves_the_picture(look: Look, shown: Curve) -> None:
    boxes = [box_of(label, look.font) for label in labels(drawn(shown, look=look))]
    assert not any(meet(one, other) for one, other in combinations(boxes, 2))
    assert all(box[0] >= 0 and box[1] >= 0 and box[2] <= look.width and box[3] <= look.height for box in boxes)


@LOOKS
@given(shown=usable_curves())
def test_the_last_node_is_always_labelled(look: Look, shown: Curve) -> None:
    share = "0%" if not shown.budget else "100%"
    assert share in (labels(drawn(shown, look=look))[-1].text or "")


@LOOKS
def test_four_nodes_have_four_labels(look: Look) -> None:
    texts = [label.text for label in labels(drawn(curve("40000", USUAL), look=look))]
    expected = ["0.8（20%）", "2（50%）", "3.2（80%）", "4（100%）"] if look.amounts else ["20%", "50%", "80%", "100%"]
    assert texts == expected


def test_plan_and_linear_progress_run_from_nothing_to_the_budget() -> None:
    root = drawn(curve("40000", USUAL))
    plan_line, linear = polyline(root, "plan"), polyline(root, "linear")
    assert len(plan_line) == 13 and plan_line[0] == linear[0] and plan_line[-1] == linear[-1]
    assert len(list(root.iter(f"{SVG}circle"))) == 4


def test_a_plan_behind_time_is_drawn_below_linear_progress() -> None:
    root = drawn(curve("40000", USUAL))
    (x0, y0), (x1, y1) = polyline(root, "linear")
    x, y = polyline(root, "plan")[3]
    assert y > y0 + (y1 - y0) * (x - x0) / (x1 - x0)


def test_after_an_early_last_node_the_plan_stays_level() -> None:
    line = polyline(drawn(curve("40000", {6: "100"})), "plan")
    assert {y for _, y in line[6:]} == {line[6][1]}


@pytest.mark.parametrize(
    ("budget", "unit", "shown"),
    [
        ("9999.99", "元", "9,999.99"),
        ("10000", "万元", "1"),
        ("237800", "万元", "23.78"),
        ("1122600", "万元", "112.26"),
        ("999999999.99", "万元", "100,000"),
        ("1000000000", "亿元", "10"),
    ],
)
def test_the_unit_suits_the_budget(budget: str, unit: str, shown: str) -> None:
    amount = Money.of_yuan(budget)
    assert unit_for(amount) == unit
    assert amount_text(amount, unit) == shown
    assert f"累计金额（{unit}）" in curve_svg(curve(budget, USUAL), "标题")


@LOOKS
@pytest.mark.parametrize("budget", ["0", "0.01", "40000", "999999999.99", "10000000000000"])
def test_the_figures_of_the_axis_are_not_cut(look: Look, budget: str) -> None:
    root = drawn(curve(budget, USUAL), look=look)
    figures = [text for text in root.iter(f"{SVG}text") if text.get("text-anchor") == "end"]
    assert 2 <= len(figures) <= 7
    assert all(float(one.get("x", "")) - columns(one.text or "") * look.font * 0.58 >= 0 for one in figures)


def test_each_node_tells_its_exact_figures_as_a_tooltip() -> None:
    tips = [circle.findtext(f"{SVG}title") for circle in drawn(curve("40000", USUAL)).iter(f"{SVG}circle")]
    assert tips[2] == "10月底累计 32,000.00 元，占预算 80%（序时进度 83.33%）"


@LOOKS
def test_a_hostile_title_stays_text(look: Look) -> None:
    root = drawn(curve("40000", USUAL), HOSTILE + "\x00\x1b\n", look)
    assert not list(root.iter(f"{SVG}script")) and not list(root.iter(f"{SVG}b"))
    assert HOSTILE in [title.text for title in root.iter(f"{SVG}title")]


@LOOKS
def test_a_long_title_is_cut_to_the_picture_and_kept_in_full_as_tooltip(look: Look) -> None:
    title = "特别长的项目名称" * 12
    root = drawn(curve("40000", USUAL), title, look)
    heading = next(text for text in root.iter(f"{SVG}text") if text.get("font-weight") == "bold")
    assert (heading.text or "").endswith("…") and len(heading.text or "") * look.heading <= look.width
    assert title in [one.text for one in root.iter(f"{SVG}title")]


def test_the_picture_needs_no_style_no_script_and_no_reference() -> None:
    svg = curve_svg(curve("40000", USUAL), "标题")
    assert all(word not in svg for word in ("style", "<script", "href", "url(", "<image"))


def png_size(png: bytes) -> tuple[int, int]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", png[16:24])


def test_the_png_holds_the_department_and_its_spendings_at_double_resolution() -> None:
    shown = department_curves(real_department(), NODES)
    width, height = png_size(curves_png(shown, "2024年资金支出计划"))
    root = ElementTree.fromstring(curves_svg(shown, "2024年资金支出计划"))
    assert (width, height) == (2 * int(root.get("width", "")), 2 * int(root.get("height", "")))
    assert len(root.findall(f"{SVG}svg")) == 1 + 9


def test_the_png_of_one_curve_has_the_size_of_the_page_doubled() -> None:
    assert png_size(curve_png(curve("40000", USUAL), "标题")) == (2 * LARGE.width, 2 * LARGE.height)


def test_the_png_shows_chinese() -> None:
    shown = curve("40000", USUAL)
    assert curve_png(shown, "人员经费") != curve_png(shown, "公用经费")


def test_without_a_chinese_font_the_user_is_told_which_to_install(tmp_path: Path) -> None:
    with pytest.raises(NoChineseFont, match=r"没有找到中文字体.*请安装微软雅黑"):
        curves_png(curves(), "标题", font_folder=tmp_path)


def test_the_picture_says_what_it_leaves_out() -> None:
    projects = tuple(
        Project(name=f"项目{number}", budget=Money(100), plan=plan(USUAL)) for number in range(MOST_SMALL + 2)
    )
    svg = curves_svg(department_curves(Department(projects=(*projects, Project())), NODES), "标题")
    assert "共 26 条曲线，按工作簿顺序画出前 24 条，合计包含全部" in svg
    assert "1 项的预算数或资金支出计划不可用，没有画出，也没有计入合计" in svg
    assert "项目23" in svg and "项目24" not in svg
