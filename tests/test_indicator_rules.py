"""What holds for the indicator rules together: no text makes them fail, and one cell is blamed once for one cause."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.model.origin import Origin
from jixiao.model.records import Department, Indicator, Project
from jixiao.model.value import parse_value
from jixiao.rules.catalogue import RULES
from jixiao.rules.core import RuleChoices
from jixiao.rules.runner import Finding, check
from jixiao.rules.similarity import likeness, normalised, same

INDICATOR_RULES = [code for code in RULES if code.startswith("JX5")]
# Each says that the value cannot be scored.
ABOUT_THE_TEXT = {"JX501", "JX508", "JX509", "JX510", "JX511", "JX512"}
FIELDS = ("level1", "level2", "level3", "description", "value", "basis")

LEVELS = st.sampled_from(
    [
        ("产出指标", "数量指标"), ("产出指标", "质量指标"), ("产出指标", "时效指标"), ("产出指标", "成本指标"),
        ("效益指标", "社会效益指标"), ("效益指标", "可持续影响指标"), ("满意度指标", "服务对象满意度指标"),
        ("成本指标", "经济成本指标"), ("成本指标", "社会成本指标"), ("", ""),
    ]
)
WORDS = st.sampled_from(
    [
        "培训", "合格率", "满意度", "成本", "控制", "提升", "显著", "及时", "完成", "促进", "发展", "全覆盖", "基本",
        "次数", "占", "总数", "的", "比例", "每季度", "投诉", "（人）", "≥", "≤", "＞＝", "90", "3-5", "0.9", "%",
        "次", "万元", "12月底前", "/", "，", "|", "《", "》", "\n", " ",
    ]
)
TEXTS = st.one_of(st.lists(WORDS, max_size=6).map("".join), st.text(max_size=12))


@st.composite
def indicators(draw: st.DrawFn) -> Indicator:
    level1, level2 = draw(LEVELS)
    cells = {name: (1, column) for column, name in enumerate(FIELDS, 1)}
    return Indicator(
        level1, level2, draw(TEXTS), draw(TEXTS), parse_value(draw(TEXTS)), origin=Origin("一", cells)
    )


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
