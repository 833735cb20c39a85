"""Which table is a project's form, which text is Part 1, and that nothing else goes unmentioned."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.documents.reading.source_file import read_source
from jixiao.documents.recognise import Imported, recognise
from jixiao.documents.source import CannotImport, Note, Source
from jixiao.model.money import Money
from tests.documents.built import INDICATORS, ROW, Rows, form, source, unaccounted
from tests.documents.case_documents import documents, plan_text, taken_from

PASSAGE = "1.“示范培训”项目年初预算安排4万元，主要目标为培训12次。"


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.stem)
def test_an_invented_document_is_read_as_a_careful_reader_reads_it(document: Path) -> None:
    assert taken_from(document) == tomllib.loads(document.with_suffix(".toml").read_text("utf-8"))


READABLE = [one for one in documents() if "error" not in one.with_suffix(".toml").read_text("utf-8")]


@pytest.mark.parametrize("document", READABLE, ids=lambda path: path.stem)
def test_nothing_of_an_invented_document_is_dropped_in_silence(document: Path) -> None:
    read = read_source(document)
    assert unaccounted(read, recognise(read)) == []


def lines(imported: Imported) -> list[str]:
    """What needs a look: without the notes."""
    return [f"{one.where}：{one.text}" for one in imported.records if one.level.value != "说明"]


def amount(imported: Imported) -> str:
    return str(imported.department.projects[0].budget)


def test_a_faultless_form_leaves_nothing_to_look_at() -> None:
    document = source("1.示范培训绩效目标表", "101001某某县示范局本级", "单位：元", form())
    imported = recognise(document)
    (project,) = imported.department.projects
    assert (project.unit_code, project.unit_name) == ("101001", "某某县示范局本级")
    assert project.title == "1.示范培训绩效目标表"
    assert (str(project.budget), project.purpose, project.goal) == ("40,000.00", "用于示范培训的讲师费", "1.培训12次")
    assert plan_text(project.plan) == "3:20 6:50 10:80 12:100" and len(project.indicators) == 1
    assert lines(imported) == []


@pytest.mark.parametrize(
    ("before", "cell", "expected"),
    [
        (["单位：万元"], "4", "40,000.00"),
        (["金额单位：人民币万元"], "4", "40,000.00"),
        (["（单位：万元）"], "4", "40,000.00"),
        (["101001某某县示范局本级    单位：万元"], "4", "40,000.00"),
        (["单位：万元"], "4万元", "40,000.00"),
        (["单位：万元"], "40,000元", "40,000.00"),
        (["单位：元"], "４０，０００．００", "40,000.00"),
        (["单位：万元", "第二部分", "1.示范培训绩效目标表"], "4", "40,000.00"),
        (["单位：千元"], "40", "40,000.00"),
        ([], "40000", "40,000.00"),
        (["单位：元"], "四万元", "None"),
        (["单位：元"], "约4万", "None"),
    ],
)
def test_amounts_are_read_in_the_unit_that_holds_for_them(before: list[str], cell: str, expected: str) -> None:
    rows = form()
    rows[1][2] = cell
    imported = recognise(source(*before, rows))
    assert amount(imported) == expected
    assert [cell in line for line in lines(imported)] == ([True] if expected == "None" else [])


def test_a_label_may_say_the_unit_of_its_amounts() -> None:
    rows = form()
    rows[1][1:3] = ["预算数（万元）", "4"]
    assert amount(recognise(source(rows))) == "40,000.00"


def test_a_unit_holds_for_all_projects_of_one_table() -> None:
    second = form("调研", "13022924P004R28102908")
    second[1][2] = "4"
    projects = recognise(source([["单位：万元"], *form(), *second])).department.projects
    assert str(projects[1].budget) == "40,000.00"


def test_a_unit_declared_later_does_not_hold_for_forms_above_it() -> None:
    second = form("调研", "13022924P004R28102908")
    second[1][2] = "4"
    projects = recognise(source(form(), "单位：万元", second)).department.projects
    assert [str(project.budget) for project in projects] == ["40,000.00", "40,000.00"]


@pytest.mark.parametrize(("cells", "plan"), [
    (["20", "50", "80", "100"], "3:20 6:50 10:80 12:100"),
    (["２０％", "50％", "80.5%", "100%"], "3:20 6:50 10:80.5 12:100"),
    (["20%", "", "八成", "100%"], "3:20 6:- 10:- 12:100"),
])  # fmt: skip
def test_a_plan_is_read_with_or_without_its_sign(cells: list[str], plan: str) -> None:
    rows = form()
    rows[4][1:] = cells
    imported = recognise(source(rows))
    assert plan_text(imported.department.projects[0].plan) == plan
    assert any("八成" in line for line in lines(imported)) == ("八成" in cells)


def test_a_column_of_another_kind_never_fills_an_empty_cell_beside_it() -> None:
    heading = [*INDICATORS[:3], "权重", *INDICATORS[3:]]
    rows = [*form()[:6], heading, ["产出指标", "数量指标", "", "10", "全年场次", "≥12次", "办法"]]
    imported = recognise(source(rows))
    (indicator,) = imported.department.projects[0].indicators
    assert (indicator.level3, indicator.description) == ("", "全年场次")
    assert lines(imported) == ["第 1 张表第 7 行第 4 列：权重", "第 1 张表第 8 行第 4 列：10"]


def test_rows_behind_a_page_break_belong_to_the_form_above() -> None:
    more = [INDICATORS, ["", "质量指标", "合格率", "合格人数占比", "≥90%", "办法"]]
    still_more = [["", "时效指标", "按期率", "按期占比", "≥95%", "办法"]]
    imported = recognise(source(form(), "续表", more, still_more))
    indicators = imported.department.projects[0].indicators
    assert [one.level2 for one in indicators] == ["数量指标", "质量指标", "时效指标"]
    assert {one.level1 for one in indicators} == {"产出指标"}
    assert lines(imported) == ["第 1 段：续表"]


EVALUATION = [
    ["项目名称", "示范培训", "预算数", "4"],
    [*INDICATORS[:4], "年度指标值", "实际完成值"],
    [*ROW[:5], "13次"],
]
LISTED = [["序号", "项目编码", "项目名称", "预算数"], ["1", "13022924P004R2810292F", "示范培训", "4"]]
DUTIES = [["职责活动", "年度预算数", "内容描述", "绩效目标", "绩效指标"], ["培训", "4", "办班", "提高", "场次"]]
DEPARTMENT_TABLE = [INDICATORS, ROW]


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (EVALUATION, "绩效自评或监控表"), (LISTED, "项目清单"), (DUTIES, "不是项目绩效目标表"),
        ([["审核人", "张三", "电话", "123"]], "不是项目绩效目标表"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("apart", [True, False])
def test_other_tables_are_listed_row_by_row_with_the_reason(other: Rows, why: str, apart: bool) -> None:
    parts: list[str | Rows] = [form(), other, form("调研", "13022924P004R28102908")]
    if apart:
        parts[1:1] = ["其他表"]
    imported = recognise(source(*parts))
    assert [project.name for project in imported.department.projects] == ["示范培训", "调研"]
    assert [len(project.indicators) for project in imported.department.projects] == [1, 1]
    assert [why in one.why for one in imported.records if "第 2 张表" in one.where] == [True] * len(other)


def test_an_indicator_table_behind_other_text_is_nobody_s() -> None:
    imported = recognise(source(form(), "部门整体绩效指标如下。", DEPARTMENT_TABLE))
    assert len(imported.department.projects[0].indicators) == 1
    whys = [one.why for one in imported.records if "第 2 张表" in one.where]
    assert whys == ["指标表上方没有项目绩效目标表，没有采用"] * 2


def test_a_list_and_an_evaluation_inside_one_table_do_not_spoil_its_forms() -> None:
    imported = recognise(source([*form(), *LISTED, *form("调研", "13022924P004R28102908"), *EVALUATION]))
    assert [project.name for project in imported.department.projects] == ["示范培训", "调研"]


def test_a_form_without_the_heading_of_its_indicators_is_read_without_them() -> None:
    imported = recognise(source([*form()[:6], ROW]))
    assert imported.department.projects[0].indicators == ()
    assert "第 1 张表第 7 行第 1 列：" + "｜".join(ROW) in lines(imported)


def test_a_blank_form_makes_no_project() -> None:
    blank = [["项目编码", "", "项目名称", ""], ["预算数", "", "其他资金", ""], ["绩效目标", ""], INDICATORS]
    imported = recognise(source(form(), "2.绩效目标表", blank))
    assert [project.name for project in imported.department.projects] == ["示范培训"]
    assert [one.why for one in imported.records if one.level.value == "未采用"] == ["空白的表格，没有生成项目"]


def test_only_blank_forms_are_no_document() -> None:
    with pytest.raises(CannotImport, match="都是空白"):
        recognise(source([["项目编码", "", "项目名称", ""], ["预算数", ""]]))


def test_without_a_form_the_labels_looked_for_are_named() -> None:
    with pytest.raises(CannotImport, match="文件里没有表格；查找的标签是“项目编码”“项目名称”"):
        recognise(source("第一部分", PASSAGE))
    with pytest.raises(CannotImport, match="1 张表格，都没有"):
        recognise(source([["审核人", "张三"]]))


def test_a_unit_named_once_holds_for_the_projects_below_it() -> None:
    codes = ("13022924P004R2810292F", "13022924P004R28102908", "13022924P004R2810289W")
    first, second, third = (form(f"项目{code[-1]}", code) for code in codes)
    projects = recognise(source("101001甲局", first, second, "预算单位：101002乙局", third)).department.projects
    assert [(one.unit_code, one.unit_name) for one in projects] == [
        ("101001", "甲局"), ("101001", "甲局"), ("101002", "乙局"),
    ]  # fmt: skip


@pytest.mark.parametrize("line", ["2024年度", "2024.12.1定稿", "100%完成", "12月底前"])
def test_a_line_that_begins_with_a_number_is_no_unit(line: str) -> None:
    assert recognise(source(line, form())).department.projects[0].unit_name == ""


def test_the_title_nearest_to_the_form_is_its_own() -> None:
    imported = recognise(source("项目绩效目标表", "1.示范培训绩效目标表", form()))
    assert imported.department.projects[0].title == "1.示范培训绩效目标表"


@pytest.mark.parametrize("order", [[0, 1], [1, 0]])
def test_part_one_is_read_before_or_behind_the_tables(order: list[int]) -> None:
    pieces: list[list[str | Rows]] = [["二、分项绩效目标", PASSAGE], ["101001甲局", form()]]
    imported = recognise(source(*(part for index in order for part in pieces[index])))
    assert [(one.name, one.budget) for one in imported.department.passages] == [("示范培训", Money.of_yuan(40000))]
    assert lines(imported) == []


def test_text_below_a_form_is_recorded_and_never_taken_for_a_cover() -> None:
    imported = recognise(source("某某县示范局", "2024年部门预算", form(), "注：本表由示范局填报"))
    assert lines(imported) == ["第 3 段：注：本表由示范局填报"]


def test_records_stand_in_the_order_of_the_document() -> None:
    rows = form()
    rows[1][2] = "四万"
    document = source("二、分项绩效目标", "无关的话。", rows, "注：无", [["甲", "乙"]])
    notes = (Note("第 1 段", "图片", "未读入"), Note("第 1 张表第 9 行第 1 列", "图", "未读入"))
    noted = Source(document.parts, notes)
    assert [one.where for one in recognise(noted).records] == [
        "", "第 1 段", "第 2 段", "第 1 张表第 2 行第 3 列", "第 1 张表第 9 行第 1 列", "第 3 段",
        "第 2 张表第 1 行第 1 列",
    ]  # fmt: skip


def test_year_and_region_are_those_of_most_codes() -> None:
    codes = ("13022924P004R2810292F", "13022924P004R28102908", "13022825P004R2810289W")
    department = recognise(source(*(form(code[-2:], code) for code in codes))).department
    assert (department.year, department.region) == (2024, "130229")


def test_without_a_readable_code_the_year_is_that_of_the_cover() -> None:
    imported = recognise(source("2023年部门预算绩效文本", form(code="无")))
    assert (imported.department.year, imported.department.region) == (2023, "")
    assert lines(imported) == ["：行政区划代码"]


_TEXT = st.text(st.sampled_from("某项目指标值12.%元：（）、年预算绩效 一"), min_size=1, max_size=12)
_LABELS = [*INDICATORS, "项目编码", "项目名称", "预算数", "单位：万元", "3月底", "得分", ""]
_CELL = st.one_of(_TEXT, st.sampled_from(_LABELS))
_KINDS = st.sampled_from(["cell", "row", "drop", "line", "column"])
_EDITS = st.lists(st.tuples(_KINDS, st.integers(0, 40), _CELL), max_size=4)


@settings(max_examples=150, deadline=None)
@given(_EDITS)
def test_whatever_a_document_holds_is_read_or_recorded(edits: Sequence[tuple[str, int, str]]) -> None:
    rows = form()
    other = form("调研", "13022924P004R28102908")
    parts: list[str | Rows] = ["二、分项绩效目标", PASSAGE, "101001甲局", rows, other, "注：无"]
    for kind, place, text in edits:
        _edit(parts, rows, kind, place, text)
    document = source(*parts)
    try:
        imported = recognise(document)
    except CannotImport:
        return
    assert unaccounted(document, imported) == []


def _edit(parts: list[str | Rows], rows: list[list[str]], kind: str, place: int, text: str) -> None:
    row = rows[place % len(rows)]
    if kind == "cell":
        row[place % len(row)] = text
    elif kind == "row":
        rows.insert(place % len(rows), [text, "甲", "", "乙"])
    elif kind == "drop" and len(rows) > 1:
        rows.pop(place % len(rows))
    elif kind == "line" and text.strip():
        parts.insert(place % len(parts), text)
    elif kind == "column":
        row.insert(place % len(row), text)


def test_shares_are_exact() -> None:
    rows = form()
    rows[4][3] = "83.33%"
    assert recognise(source(rows)).department.projects[0].plan.shares[2] == Decimal("83.33")
