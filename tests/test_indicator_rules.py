"""What holds for the indicator rules together: no text makes them fail, and one cell is blamed once for one cause."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.model.origin import Origin
from jixiao.model.records import Department, Indicator, Project
from jixiao.model.value import parse_value
from jixiao.rules.catalogue import RULES
from jixiao.rules.core import RuleChoices
from jixiao.rules.indicator.endings import Endings
from jixiao.rules.runner import Finding, check
from jixiao.rules.similarity import likeness, normalised, same

INDICATOR_RULES = [code for code in RULES if code.startswith("JX5")]
# Each says that the value cannot be scored.
ABOUT_THE_TEXT = {"JX501", "JX508", "JX509", "JX510", "JX511", "JX512", "JX513", "JX515"}
FIELDS = ("level1", "level2", "level3", "description", "value", "basis")

LEVELS = st.sampled_from(
    [
        ("产出指标", "数量指标"), ("产出指标", "质量指标"), ("产出指标", "时效指标"), ("产出指标", "成本指标"),
        ("效益指标", "社会效益指标"), ("效益指标", "可持续影响指标"), ("满意度指标", "服务对象满意度指标"),
        ("成本指标", "经济成本指标"), ("成本指标", "社会成本指标"), ("", ""),
    ]
)  # fmt: skip
WORDS = st.sampled_from(
    [
        "培训", "合格率", "满意度", "成本", "控制", "提升", "显著", "及时", "完成", "促进", "发展", "全覆盖", "基本",
        "次数", "占", "总数", "的", "比例", "每季度", "投诉", "（人）", "≥", "≤", "＞＝", "90", "3-5", "0.9", "%",
        "次", "万元", "12月底前", "/", "，", "|", "《", "》", "\n", " ",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.lists(WORDS, max_size=6).map("".join), st.text(max_size=12))


@st.composite
def indicators(draw: st.DrawFn) -> Indicator:
    level1, level2 = draw(LEVELS)
    cells = {name: (1, column) for column, name in enumerate(FIELDS, 1)}
    return Indicator(level1, level2, draw(TEXTS), draw(TEXTS), parse_value(draw(TEXTS)), origin=Origin("一", cells))


def findings(*rows: Indicator, goal: str = "") -> list[Finding]:
    department = Department(projects=(Project(name="甲", goal=goal, indicators=rows, origin=Origin("一")),))
    return list(check(department, RuleChoices(), today=date(2024, 10, 15), codes=INDICATOR_RULES).findings)


@settings(max_examples=300, deadline=None)
@given(indicators(), indicators(), TEXTS)
def test_no_text_makes_a_rule_fail_and_every_message_is_complete(one: Indicator, other: Indicator, goal: str) -> None:
    for finding in findings(one, other, goal=goal):
        assert finding.message
        assert finding.advice


@settings(max_examples=300, deadline=None)
@given(indicators())
def test_only_one_rule_says_that_a_value_cannot_be_scored(indicator: Indicator) -> None:
    spoken = Counter(found.code for found in findings(indicator) if found.code in ABOUT_THE_TEXT)
    assert spoken.total() <= 1


@settings(max_examples=100, deadline=None)
@given(indicators())
def test_the_same_row_twice_is_always_a_duplicate_if_it_has_a_name(indicator: Indicator) -> None:
    codes = [found.code for found in findings(indicator, indicator)]
    assert ("JX520" in codes) is bool(normalised(indicator.level3))


def test_texts_and_rows_of_absurd_length_are_judged_all_the_same() -> None:
    for piece in ("占", "及时", "《", "(", "()", "3次", "，", "合格数/"):
        text = piece * 4000
        row = Indicator("产出指标", "质量指标", text, text, parse_value(text[:9000]), origin=Origin("一"))
        assert findings(row, row, goal=text)
    value = parse_value("≥50人")
    many = [Indicator("产出指标", "数量指标", f"{n}号培训人数", "参加培训的人数", value) for n in range(2000)]
    assert [found.code for found in findings(*many)] == []


def test_normalised_texts_keep_what_makes_a_value() -> None:
    assert normalised("培训 人数（人次）。") == normalised("培训人数(人次)") == "培训人数人次"
    assert normalised("≥９０％") == "≥90%"
    assert normalised("3-5次") != normalised("35次")
    assert normalised("1.5") != normalised("15")


def test_nothing_is_the_same_as_nothing() -> None:
    assert not same("", "")
    assert not same("。", "，")


def test_likeness_at_the_threshold_counts() -> None:
    assert likeness("开展工作时效性", "开展工作按时有效", 0.8) == 0.8
    assert likeness("开展工作时效性", "开展工作按时有效", 0.81) == 0
    assert likeness("培训", "全年参加培训的人数") < 0.5


# level2 | level3 | description | value | code | its advice
ADVICE = """
数量指标 | 参观人次 | 参观的人次 | 200 | JX503 | 在数字后补上单位，如 ≥200人次
数量指标 | 并发用户数 | 最大并发用户数 | ≥500 | JX503 | 在数字后补上单位，如 ≥500个
数量指标 | 造林总面积（亩） | 造林的面积 | 80000 | JX503 | 在数字后补上单位，如 ≥80000亩
质量指标 | 事故起数（起） | 全年事故起数 | 3 | JX503 | 在数字后补上实际的单位（个、人、次、天、元、% 等）
质量指标 | 投诉率 | 投诉人数占服务人数的比例 | 3 | JX503 | 在数字后补上单位，如 ≤3%
数量指标 | 走访户数 | 走访的户数 | 300户左右 | JX502 | 至少要达到的写 ≥300户，必须恰好等于的写 ＝300户
社会效益指标 | 事故起数 | 全年事故起数 | 0起 | JX502 | 写成 ＝0起
社会效益指标 | 受益户数 | 受益的户数 | 95 | JX502 | 至少要达到的写 ≥95户，不得超过的写 ≤95户，必须恰好等于的写 ＝95户
社会效益指标 | 政策知晓率 | 知晓人数占受访人数的比例 | 0.95 | JX502 | 至少要达到的写 ≥95%，必须恰好等于的写 ＝95%
时效指标 | 发放次数 | 每年发放的次数 | 4次 | JX502 | 至少要达到的写 ≥4次，不得超过的写 ≤4次，必须恰好等于的写 ＝4次
时效指标 | 响应时间 | 报修后的响应时间 | 30分钟 | JX502 | 不得超过的写 ≤30分钟，必须恰好等于的写 ＝30分钟
成本指标 | 项目总成本 | 项目的总成本 | 30万元 | JX502 | 不得超过的写 ≤30万元，必须恰好等于的写 ＝30万元
质量指标 | 验收合格率 | 合格数占总数的比例 | 100%以上 | JX504 | 写成 ＝100%
数量指标 | 任务完成率 | 完成数占任务数的比例 | 100%以上 | JX504 | 写成 ≥100%
社会效益指标 | 事故率 | 事故起数与车辆数之比 | ≥3% | JX507 | 计算符号改为 ≤，如 ≤3%；如果指的是下降幅度，在名称里写明
社会效益指标 | 发案率 | 发案数与人口之比 | 极低 | JX510 | 写成计算符号、数字加单位，如 ≤5%
社会效益指标 | 低保保障人数 | 保障的人数 | 应保尽保 | JX510 | 写成应有的总数，如 ＝350人
社会效益指标 | 就业率 | 就业人数占比 | 全部就业 | JX510 | 写成数字，如 ＝100%
社会效益指标 | 巡查覆盖率 | 巡查的范围 | 无死角 | JX510 | 写成数字，如 ＝100%
社会效益指标 | 事故死亡人数 | 全年死亡人数 | 零 | JX510 | 写成数字，如 ＝0人
经济效益指标 | 产值增长率 | 较上年的增长 | 正增长 | JX510 | 写出要达到的数，如 ≥5%
可持续影响指标 | 使用年限 | 设备的使用年限 | 长期使用 | JX511 | 写明年限，如 ≥5年，或改为能判定的结果，如“建立管护制度”
"""


@pytest.mark.parametrize("line", ADVICE.strip().splitlines())
def test_the_advice_fits_this_very_indicator(line: str) -> None:
    level2, level3, description, value, code, advice = (part.strip() for part in line.split("|"))
    level1 = "效益指标" if "效益" in level2 or "影响" in level2 else "产出指标"
    row = Indicator(level1, level2, level3, description, parse_value(value), origin=Origin("一"))
    assert [found.advice for found in findings(row) if found.code == code] == [advice]


@pytest.mark.parametrize("name", ["投诉率", "群众投诉率", "率", "", "投诉", "事故", "重大事故", "合格率", "故"])
def test_endings_close_what_any_of_them_closes(name: str) -> None:
    endings = ("投诉率", "事故率", "事故", "度")
    for chosen in (endings, endings[:3]):
        assert Endings(chosen).close(name) == name.endswith(chosen)
