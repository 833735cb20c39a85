"""Part 1: paragraphs told apart, and passages read in the wordings that departments use."""

from __future__ import annotations

import pytest

from jixiao.narrative.headings import Role
from jixiao.narrative.paragraphs import classify
from jixiao.narrative.part_one import read_part_one
from jixiao.narrative.passage import read_passage
from jixiao.narrative.quotes import read_quotes
from tests.documents.case_documents import plan_text

O, P, C, D, H, M, U = (  # noqa: E741
    Role.OVERALL, Role.PASSAGE, Role.CONTINUED, Role.DUTY, Role.HEADING, Role.MEASURES, Role.UNKNOWN,
)  # fmt: skip
HEAD = "“示范培训”项目年初预算安排12万元，"


@pytest.mark.parametrize("text", [
    "“教师培训”项目年初预算安排12万元", "1、“教师培训”项目预算安排12万元",
    "（一）“教师培训”项目，2024年预算安排资金１２万元",
    "①“教师培训”项目年初预算安排120,000.00元", "(3)教师培训：年初预算120，000元", "教师培训项目安排资金12 万元",
    "2024年，“教师培训”项目预算安排12万元", "安排“教师培训”项目资金12万元", "年初预算安排“教师培训”项目12万元",
    "项目“教师培训”年初预算安排12万元", "“教师培训”项目年初部门预算安排人民币12万元整",
    "“教师培训”项目总投资0.0012亿元",
    "“教师培训”项目年初预算安排资金共计12万元", "“教师培训”项目年度预算数为12万元",
    "《教师培训》项目年初预算安排12万元",
    "（1）“教师培训”项目经费12万元", "（一）2024年“教师培训”项目，共安排资金12万元", '"教师培训"项目年初预算安排12万元',
    "“教师培训”项目（延续项目）年初预算安排12万元", "3.教师培训项目绩效目标\n年初预算安排12万元",
])  # fmt: skip
def test_a_passage_is_known_by_its_name_and_amount(text: str) -> None:
    passage = read_passage(text)
    assert passage and (passage.name, str(passage.budget)) == ("教师培训", "120,000.00")


@pytest.mark.parametrize(("text", "name"), [
    ("教育专项资金预算0.12亿元", "教育专项资金"), ("教师培训经费年初预算安排12万元", "教师培训经费"),
    ("4.购置桌椅、黑板等设备项目年初预算安排3.5万元", "购置桌椅、黑板等设备"),
    ("1.教师培训（含送教下乡）项目安排资金12万元", "教师培训（含送教下乡）"),
    ("预算绩效管理项目年初预算安排12万元", "预算绩效管理"), ("“二〇二四年大会”项目年初预算安排1元", "二〇二四年大会"),
])  # fmt: skip
def test_the_name_is_what_stands_before_the_words_of_the_budget(text: str, name: str) -> None:
    passage = read_passage(text)
    assert passage and passage.name == name


@pytest.mark.parametrize("name", ["人员经费", "人员支出", "日常公用经费", "公用经费", "日常公用支出"])
def test_basic_expenditure_is_known_by_its_usual_names(name: str) -> None:
    passage = read_passage(f"{name}年初预算安排100元")
    assert passage and passage.is_basic


@pytest.mark.parametrize("text", [
    "该项目年初预算安排12万元", "本单位2024年部门预算安排12万元用于培训", "基本支出年初预算安排12万元",
    "年初预算安排12万元",
    "资金累计支出进度3月底达到25%", "加强培训，安排12万元", "合计12万元", "2024年部门预算安排的支出内容是基本保证。",
])  # fmt: skip
def test_a_sentence_without_the_name_of_a_spending_begins_no_passage(text: str) -> None:
    assert read_passage(text) is None


@pytest.mark.parametrize("text", [
    "1.“教师培训”项目年初预算安排四万元。", "1.“教师培训”项目年初预算安排1.2.3万元。",
    "1.“教师培训”项目年初预算安排约12万元。", "1.“教师培训”项目年初预算安排12万元左右，用于培训。",
])  # fmt: skip
def test_an_amount_that_cannot_be_read_is_left_empty(text: str) -> None:
    passage = read_passage(text)
    assert passage and (passage.name, passage.budget) == ("教师培训", None)


FOUR = "3:25 6:50 9:75 12:100"


@pytest.mark.parametrize(("sentence", "plan"), [
    ("资金累计支出进度3月底、6月底、9月底、12月底分别达到25%、50%、75%、100%。", FOUR),
    ("支出进度：3月底达到25%、6月底达到50%、9月底达到75%、12月底达到100%。", FOUR),
    ("支出计划为3月末25％，6月末５０％，9月末75％，12月末100％。", FOUR),
    ("资金支出进度：3月底25%；6月底50%；9月底75%；12月底100%；", FOUR),
    ("资金使用计划3月、6月、9月、12月分别完成25、50、75、100。", FOUR),
    ("一季度末、二季度末、三季度末、四季度末支出分别达到25%、50%、75%、100%。", FOUR),
    ("预计3月底支出25%，6月底支出50%，9月底支出75%，12月底支出100%。", FOUR),
    ("资金支出进度3月底、6月底、10月底、12月底分别达到25%、50%、83.3%、100%。", "3:25 6:50 10:83.3 12:100"),
    ("支出进度3月底25%、6月底、9月底75%、12月底100%。", "3:25 6:- 9:75 12:100"),
    ("支出进度3月底、6月底、9月底、12月底分别达到25%、50%、100%。", "3:- 6:- 9:- 12:-"),
    ("3月底前完成80%的招生任务，6月底完成100%。", ""),
    ("支出进度按序时进度执行。", ""),
    ("支出进度25%、50%、75%、100%。", ""),
    ("资金支出进度25%、6月底完成。", ""),
])  # fmt: skip
def test_a_plan_is_read_from_months_and_percentages_and_never_guessed(sentence: str, plan: str) -> None:
    passage = read_passage(f"{HEAD}主要目标为培训。{sentence}项目共设产出指标、效益指标两个一级指标，下设9个三级指标。")
    assert passage and plan_text(passage.plan) == plan
    assert passage.is_cumulative == ("累计" in sentence)


@pytest.mark.parametrize(("text", "goal"), [
    ("主要目标为培训200人。", "培训200人"), ("目标是培训200人；", "培训200人"),
    ("此项主要目标为：培训200人。", "培训200人"),
    ("主要用于培训200人。", "培训200人"),
    ("用于培训200人。", "培训200人"),
    ("绩效目标：1.培训200人；\n2.合格。", "1.培训200人；\n2.合格"),
    ("项目资金主要用于培训。资金支出进度3月底20%、12月底100%。", "培训"), ("资金支出进度3月底20%、12月底100%。", ""),
    ("主要目标为培训。项目共设产出指标一个一级指标，下设9个三级指标。", "培训"),
])  # fmt: skip
def test_the_goal_ends_where_the_plan_or_the_levels_begin(text: str, goal: str) -> None:
    passage = read_passage(HEAD + text)
    assert passage and passage.goal == goal


@pytest.mark.parametrize(("text", "levels", "count"), [
    ("项目共设产出指标、效果指标、满意度指标三个一级指标，下设9个二、三级指标。", 3, (9, "二、三级指标")),
    ("共设置产出、效益和满意度等3个一级指标、6个二级指标、十二项三级指标。", 3, (12, "三级指标")),
    ("设立产出指标1个一级指标。", 1, (None, "")), ("设置若干指标。", None, (None, "")),
])  # fmt: skip
def test_levels_and_counts_are_read_as_declared(text: str, levels: int | None, count: tuple[int | None, str]) -> None:
    passage = read_passage(f"{HEAD}{text}")
    assert passage and (passage.level_count, (passage.declared_count, passage.declared_of)) == (levels, count)
    assert len(passage.named_levels) == (levels or 0)


@pytest.mark.parametrize(("text", "expected"), [
    ("1、产出指标－数量指标－活动次数（每季度（次）），指标值为≥3次。",
     ("数量指标", "活动次数", "每季度（次）", "≥3次")),
    ("产出指标—数量指标——家站利用率，指标值为>＝85%。", ("数量指标", "家站利用率", "", ">＝85%")),
    ("①产出指标-数量指标-活动次数≥3次", ("数量指标", "活动次数", "", "≥3次")),
    ("（1）产出指标－数量指标－活动次数：指标值：3次；", ("数量指标", "活动次数", "", "3次")),
    ("1.产出指标－数量指标－培训合格率达到90%以上", ("数量指标", "培训合格率", "", "达到90%以上")),
    ("1.产出指标－数量指标－培训教师200人", ("数量指标", "培训教师", "", "200人")),
    ("1.产出指标－数量指标－3-5岁儿童入园率，指标值为90%", ("数量指标", "3-5岁儿童入园率", "", "90%")),
    ("3、产出指标－代表满意度，指标值为指标值为>＝90%。", ("", "代表满意度", "", ">＝90%")),
    ("1、产出指标-时效指标-会议如期召开。", ("时效指标", "会议如期召开", "", "")),
])  # fmt: skip
def test_a_quoted_indicator_is_taken_apart(text: str, expected: tuple[str, ...]) -> None:
    (quote,) = read_quotes(text)
    assert (quote.level1, quote.level2, quote.level3, quote.description, quote.value.text) == ("产出指标", *expected)


@pytest.mark.parametrize("joint", ["。", "；", "\n", "，"])
@pytest.mark.parametrize("lead", ["具体为：", "具体指标如下：", "代表性指标为：\n", ""])
def test_quotes_are_told_apart_however_they_are_joined(joint: str, lead: str) -> None:
    text = joint.join(("1、产出指标－数量指标－次数≥3次", "2、效益指标－社会效益指标－知晓率≥80%"))
    passage = read_passage(f"{HEAD}主要目标为培训，下设9个三级指标。{lead}{text}。以上指标依据《办法》。")
    assert passage and [quote.value.text for quote in passage.quotes] == ["≥3次", "≥80%"]
    assert (passage.goal, passage.basis) == ("培训，下设9个三级指标", "《办法》")


@pytest.mark.parametrize(("sentence", "basis"), [
    ("以上指标依据相关政策文件规定。", "相关政策文件规定"),
    ("以上指标依据为省市文件。", "省市文件"),
    ("上述各项绩效指标值的设定依据：《办法》。", "《办法》"), ("指标值设定依据为《办法》", "《办法》"),
    ("以上指标均依据《办法》确定。", "《办法》确定"), ("资金按规定使用。", ""),
])  # fmt: skip
def test_the_basis_is_what_the_last_sentence_names(sentence: str, basis: str) -> None:
    passage = read_passage(HEAD + "具体为：1、产出指标－数量指标－次数≥3次。" + sentence)
    assert passage and passage.basis == basis


@pytest.mark.parametrize(("text", "roles"), [
    ("一、总体绩效目标\n办好教育。\n（一）提质\n二、分项绩效目标\n三、保障措施\n1.加强领导", [H, O, O, H, H, M]),
    ("三、工作保障措施\n完善制度。\n四、其他事项\n无。", [H, M, U, U]),
    ("三、工作保障措施\n一、加强领导\n二、严格管理\n附件", [H, M, M, U]),
    (f"二、分项绩效目标\n1.示范培训\n{HEAD}。\n以上指标依据办法。", [H, H, P, C]),
    ("二、分项绩效目标\n1.示范培训项目\n年初预算安排12万元\n，用于培训。", [H, P, C, C]),
    ("（一）人员经费\n年初预算安排12万元。\n（二）公用经费\n公用经费年初预算安排1万元。", [P, C, H, P]),
    (f"{HEAD}用于\n培训。\n具体为：\n1、产出指标－数量指标－次数≥3次\n以上指标依据办法。\n另外的话。",
     [P, C, C, C, C, U]),
    (f"{HEAD}用于培训\n（二）其他事项\n无。", [P, U, U]),
    ("二、分项绩效目标\n1.普法\n绩效目标：开展普法。\n绩效指标：次数≥3次。\n2.调解\n绩效目标：调解。",
     [H, D, D, D, D, D]),
    ("某某县教育局\n2024年部门预算绩效文本\n目录\n一、总体绩效目标……1\n第一部分",
     [Role.COVER, H, H, Role.CONTENTS, H]),
    ("[bookmark: _Toc_2]二、分项绩效目标\n无关的话，不是目标。", [H, U]),
])  # fmt: skip
def test_paragraphs_are_told_apart(text: str, roles: list[Role]) -> None:
    assert [paragraph.role for paragraph in classify(text.split("\n"))] == roles


def test_a_passage_over_several_paragraphs_is_one() -> None:
    lines = [
        "1.示范培训项目", "年初预算安排12万元，主要目", "标为培训。", "具体为：", "1、产出指标－数量指标－次数≥3次",
        "以上指标依据办法。",
    ]  # fmt: skip
    part = read_part_one(lines, [f"第 {number} 行" for number in range(1, 7)])
    (passage,) = part.passages.values()
    assert (passage.name, str(passage.budget), passage.goal) == ("示范培训", "120,000.00", "培训")
    assert (len(passage.quotes), passage.basis, passage.source) == (1, "办法", "第 1 行")
