"""What the published text says: written from the records, never guessed, the same in both parts."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.documents.writing.passages import amount_text, chinese_count, share_text
from jixiao.documents.writing.plain import legal, one_line
from jixiao.documents.writing.project_form import FORM_WIDTH, amount_in, project_form
from jixiao.documents.writing.publication import Level, Publication, publication
from jixiao.model.money import Money
from jixiao.model.plan import SpendPlan
from jixiao.profiles import load_profile
from jixiao.sample import real_department, sample_department
from tests.documents.departments import HEBEI, ROWS, basic, department, indicator, plan, project


def passage(**changes: object) -> str:
    """What Part 1 says about one project."""
    return next(text for text in texts(publication(department(project(**changes)), HEBEI)) if text.startswith("1、“"))


def basic_passage(**changes: object) -> str:
    document = publication(department(basics=(basic(**changes),)), HEBEI)
    return next(text for text in texts(document) if "年初预算安排" in text)


def texts(document: Publication) -> list[str]:
    return [line.text for line in document.lines]


def test_a_project_has_the_passage_of_the_official_form() -> None:
    assert passage() == (
        "1、“示范培训项目”项目年初预算安排11.56万元，项目主要目标为全年完成示范培训12次。"
        "资金累计支出进度3月底、6月底、10月底、12月底分别达到20%、50%、80%、100%。"
        "项目共设产出指标、效益指标、满意度指标三个一级指标，下设4个二、三级指标。"
        "具体为：1、产出指标－数量指标－培训场次（全年举办的场次），指标值为≥12次。"
        "2、效益指标－社会效益指标－持证上岗率（持证人员占在岗人员的比例），指标值为>＝80%。"
        "3、满意度指标－服务对象满意度指标－学员满意度（满意学员占受访学员的比例），指标值为≥90%。"
        "以上指标依据《某某县培训办法》（某财〔2023〕1号）、上年统计数据确定。"
    )


def test_basic_expenditure_quotes_all_its_indicators_because_no_table_shows_them() -> None:
    text = basic_passage()
    assert text.startswith("人员经费年初预算安排5013844.46元，此项主要目标为保障工资正常发放。")
    assert [row[2] in text for row in ROWS] == [True] * 4
    assert text.endswith("以上指标依据相关政策文件规定确定。")


def test_basic_expenditure_without_indicators_says_nothing_of_them() -> None:
    text = basic_passage(indicators=())
    assert "指标" not in text and text.endswith("以上目标依据相关政策文件规定确定。")


def test_the_headings_are_those_of_the_published_document() -> None:
    document = publication(real_department(), HEBEI)
    assert [(line.level, line.text) for line in document.lines if line.level] == [
        (Level.HEADING, "一、总体绩效目标"),
        (Level.HEADING, "二、分项绩效目标"),
        (Level.SUBHEADING, "一、人员经费绩效目标"),
        (Level.SUBHEADING, "二、日常公用经费绩效目标"),
        (Level.SUBHEADING, "三、项目绩效目标"),
        (Level.HEADING, "三、工作保障措施"),
    ]
    assert document.gaps == ()


def test_the_marked_indicators_stand_for_their_level_and_the_first_one_for_the_others() -> None:
    rows = [indicator(*row) for row in ROWS]
    rows[1] = replace(rows[1], representative=True)
    assert re.findall(r"－(\w+)（", passage(indicators=tuple(rows))) == ["培训合格率", "持证上岗率", "学员满意度"]


@pytest.mark.parametrize(
    ("yuan", "text"),
    [
        ("115600", "11.56万元"), ("400000", "40万元"), ("879460", "879460元"), ("5013844.46", "5013844.46元"),
        ("100", "0.01万元"), ("99", "99元"), ("0.5", "0.5元"), ("0", "0元"),
    ],
)  # fmt: skip
def test_an_amount_is_said_in_ten_thousands_where_two_decimals_are_exact(yuan: str, text: str) -> None:
    assert amount_text(Money.of_yuan(yuan)) == text


@given(st.integers(0, 10**14))
def test_an_amount_in_words_is_the_amount_to_the_cent(fen: int) -> None:
    number, unit = re.fullmatch(r"([\d.]+)(万元|元)", amount_text(Money(fen))).groups()  # type: ignore[union-attr]
    assert Decimal(number) * (10_000 if unit == "万元" else 1) * 100 == fen


@given(st.integers(0, 10**14), st.sampled_from(["元", "千元", "万元"]))
def test_an_amount_in_a_table_is_exact_in_the_unit_of_the_form(fen: int, unit: str) -> None:
    factor = {"元": 1, "千元": 1000, "万元": 10_000}[unit]
    text = amount_in(Money(fen), unit)
    assert Decimal(text) * factor * 100 == fen and re.fullmatch(r"\d+\.\d{2,}", text)


@pytest.mark.parametrize(
    ("goal", "said"),
    [
        ("1.完成培训12次.", "完成培训12次"),
        ("完成培训。", "完成培训"),
        ("1.2024年会议召开", "2024年会议召开"),
        ("1.5万人受益", "1.5万人受益"),
        ("1.完成培训；\n2.9月底前验收。", "（1）完成培训；（2）9月底前验收"),
        ("①完成培训；②验收", "（1）完成培训；（2）验收"),
        ("1、甲。2、乙。", "（1）甲；（2）乙"),
        ("主要任务：\n一是甲\n二是乙", "主要任务：一是甲；二是乙"),
        ("甲。乙；丙", "甲。乙；丙"),
        ("", "（未填写）"),
    ],
)
def test_a_goal_becomes_one_sentence(goal: str, said: str) -> None:
    assert f"项目主要目标为{said}。资金累计" in passage(goal=goal)


@pytest.mark.parametrize(
    ("bases", "said"),
    [
        (["依据相关政策文件确定"], "依据相关政策文件确定。"),
        (["按照合同约定执行。"], "依据合同约定执行。"),
        (["《甲办法》", "《甲办法》 ", "《乙办法》"], "依据《甲办法》、《乙办法》确定。"),
        (["甲，乙", "丙"], "依据甲，乙；丙确定。"),
        (["根据：工作计划"], "依据工作计划确定。"),
        (["确定"], "依据确定确定。"),
        ([""], "依据（未填写）确定。"),
    ],
)
def test_the_bases_are_said_once_and_without_doubled_words(bases: list[str], said: str) -> None:
    rows = tuple(replace(indicator(*ROWS[0]), basis=basis) for basis in bases)
    assert passage(indicators=rows).endswith(f"以上指标{said}")


def test_brackets_and_dashes_of_the_texts_stay_as_written() -> None:
    row = indicator("产出指标", "数量指标", "代表－委员（含候补）人数", "到会（含线上）人数", "≥3人", "《甲》")
    assert "－代表－委员（含候补）人数（到会（含线上）人数），指标值为≥3人。" in passage(indicators=(row,))


def test_a_missing_value_leaves_its_clause_out_and_is_told() -> None:
    row = indicator("产出指标", "数量指标", "培训场次", "", "", "《甲》")
    document = publication(department(project(indicators=(row,))), HEBEI)
    assert "－培训场次。以上指标" in texts(document)[-4]
    assert document.gaps == ("项目“示范培训项目”没有填写：绩效指标描述（1处）、指标值（1处）",)


def test_what_is_missing_stays_blank_and_is_told() -> None:
    empty = project(code="", name="", budget=None, fiscal=None, purpose="", plan=SpendPlan(), goal="", indicators=())
    document = publication(replace(department(empty), unit_name="", year=None, overall_goal="", measures=""), HEBEI)
    assert document.title == "（未填写）年部门预算绩效目标文本"
    assert texts(document)[-3] == (
        "1、“（未填写）”项目年初预算安排（未填写），项目主要目标为（未填写）。"
        "资金累计支出进度3月底、6月底、10月底、12月底分别达到（未填写）。"
    )
    assert document.gaps == (
        "部门信息没有填写：单位名称、预算年度、总体绩效目标、工作保障措施",
        "第1个项目没有填写：项目编码、名称、预算数、其中：财政资金、用途、绩效目标、资金支出计划、绩效指标",
    )
    assert [cell.text for cell in document.forms[0].head[2]][1::2] == ["预算数", "其中：财政资金", "其他资金"]
    assert [cell.text for cell in document.forms[0].head[2]][2::2] == ["", "", ""]


def test_one_missing_node_is_blank_in_its_place() -> None:
    assert "分别达到20%、（未填写）、80%、100%。" in passage(plan=plan("20", "", "80", "100"))


@pytest.mark.parametrize(
    ("share", "text"), [("83.333333", "83.33%"), ("20.50", "20.5%"), ("99.999", "99.999%"), ("100", "100%")]
)
def test_a_share_has_two_decimals_but_never_looks_complete_when_it_is_not(share: str, text: str) -> None:
    assert share_text(Decimal(share)) == text


def test_counts_are_written_in_chinese() -> None:
    assert [chinese_count(count) for count in (1, 2, 3, 10, 12, 20, 35)] == [
        "一",
        "两",
        "三",
        "十",
        "十二",
        "二十",
        "三十五",
    ]


def test_a_profile_with_cost_as_a_level_names_it_in_its_order() -> None:
    rows = (
        indicator("成本指标", "经济成本指标", "总成本", "全部支出", "≤11万元", "《甲》"),
        *(indicator(*row) for row in ROWS),
    )
    document = publication(department(project(indicators=rows)), load_profile("mof-2021"))
    text = next(text for text in texts(document) if text.startswith("1、“"))
    assert (
        "项目共设成本指标、产出指标、效益指标、满意度指标四个一级指标，下设5个二、三级指标。具体为：1、成本指标－"
        in text
    )


@pytest.mark.parametrize("made", [real_department(), sample_department(30)], ids=["real", "invented"])
def test_every_number_of_part_1_is_that_of_the_table(made) -> None:  # type: ignore[no-untyped-def]
    document = publication(made, HEBEI)
    passages = [text for text in texts(document) if re.match(r"\d+、“", text)]
    for text, form, one in zip(passages, document.forms, made.projects, strict=True):
        table = [[cell.text for cell in row] for row in form.table[1:]]
        assert int(re.search(r"下设(\d+)个", text)[1]) == len(table)  # type: ignore[index]
        shares = re.search(r"分别达到([^。]+(?:\.\d+%[^。]*)*)。", text)[1].split("、")  # type: ignore[index]
        assert shares == [cell.text for cell in form.head[5]][1:]
        assert f"安排{amount_text(one.budget)}" in text
        quoted = re.findall(r"－([^－（]+)（", text)
        assert quoted and set(quoted) <= {row[2] for row in table}


def test_each_row_of_a_form_is_as_wide_as_the_form() -> None:
    for months in (1, 2, 4, 5, 12):
        nodes = plan(*["10"] * min(months, 4)).nodes
        form = project_form(1, project(plan=SpendPlan((nodes * 3)[:months])), department())
        assert {sum(cell.width for cell in row) for row in (*form.head, *form.table)} == {FORM_WIDTH}


def test_a_level_is_one_cell_over_its_rows_and_rows_without_one_stand_alone() -> None:
    rows = [indicator(*row) for row in ROWS] + [
        indicator("", "", "甲", "", "", ""),
        indicator("", "", "乙", "", "", ""),
    ]
    form = project_form(1, project(indicators=tuple(rows)), department())
    assert [row[0].rows for row in form.table] == [1, 2, 0, 1, 1, 1, 1]


@given(st.text())
def test_any_text_becomes_legal_and_stays_what_people_see(text: str) -> None:
    clean = legal(text)
    assert legal(clean) == clean
    assert not re.search("[\x00-\x08\x0b-\x1f\ufffe\uffff]", clean)
    assert "\n" not in one_line(text)


def test_lines_run_on_with_a_blank_between_latin_words_only() -> None:
    assert one_line("甲 \n乙\r\nA\nB\n\nC，\nD\n") == "甲乙A B C，D"


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_any_text_of_a_project_survives_in_its_form(text: str) -> None:
    form = project_form(1, project(name=text, purpose=text, goal=text), department())
    assert form.head[1][3].text == form.head[3][1].text == form.head[6][1].text == legal(text)
