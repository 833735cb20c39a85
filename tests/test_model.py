"""Indicator values, money and cell addresses: every spelling, and what must hold for all of them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.model.money import Money, NotMoney, money_from_number, money_to_number
from jixiao.model.origin import column_letters
from jixiao.model.plan import Node, SpendPlan, percent_text
from jixiao.model.value import NO_VALUE, IndicatorValue, Kind, Operator, parse_value

# typed | operator | number | unit | normal form
NUMBERS = """
≥90%            | ≥ | 90      | %       | ≥90%
>＝90%          | ≥ | 90      | %       | ≥90%
>=90%           | ≥ | 90      | %       | ≥90%
=>90%           | ≥ | 90      | %       | ≥90%
≧90%            | ≥ | 90      | %       | ≥90%
大于等于80%     | ≥ | 80      | %       | ≥80%
大于或等于80%   | ≥ | 80      | %       | ≥80%
不低于90%       | ≥ | 90      | %       | ≥90%
不少于3次       | ≥ | 3       | 次      | ≥3次
至少3次         | ≥ | 3       | 次      | ≥3次
达到95%         | ≥ | 95      | %       | ≥95%
95％以上        | ≥ | 95      | %       | ≥95%
95%及以上       | ≥ | 95      | %       | ≥95%
90%（含）以上   | ≥ | 90      | %       | ≥90%
不低于95%以上   | ≥ | 95      | %       | ≥95%
百分之九十以上  | ≥ | 90      | %       | ≥90%
百分之九十五    | - | 95      | %       | ＝95%
百分之百        | - | 100     | %       | ＝100%
＞85%           | ＞ | 85     | %       | ＞85%
>85%            | ＞ | 85     | %       | ＞85%
超过85%         | ＞ | 85     | %       | ＞85%
＜3%            | ＜ | 3      | %       | ＜3%
低于3‰          | ＜ | 3      | ‰       | ＜3‰
≤30.03万元      | ≤ | 30.03   | 万元    | ≤30.03万元
≤30.00万元      | ≤ | 30      | 万元    | ≤30万元
<=5万元         | ≤ | 5       | 万元    | ≤5万元
≯5万元          | ≤ | 5       | 万元    | ≤5万元
不超过5万元     | ≤ | 5       | 万元    | ≤5万元
5万元以内       | ≤ | 5       | 万元    | ≤5万元
3个工作日内     | ≤ | 3       | 个工作日 | ≤3个工作日
200人次         | - | 200     | 人次    | ＝200人次
289份           | - | 289     | 份      | ＝289份
51人            | - | 51      | 人      | ＝51人
100%            | - | 100     | %       | ＝100%
1次             | - | 1       | 次      | ＝1次
200             | - | 200     |         | ＝200
0.9             | - | 0.9     |         | ＝0.9
0起             | - | 0       | 起      | ＝0起
＝100%          | ＝ | 100    | %       | ＝100%
等于100%        | ＝ | 100    | %       | ＝100%
９０％          | - | 90      | %       | ＝90%
１，２００份    | - | 1200    | 份      | ＝1200份
1,200.50元      | - | 1200.5  | 元      | ＝1200.5元
≥ 90 %          | ≥ | 90      | %       | ≥90%
≥90%。          | ≥ | 90      | %       | ≥90%
≥-5%            | ≥ | -5      | %       | ≥-5%
≤400元/人·天    | ≤ | 400     | 元/人·天 | ≤400元/人·天
≤80元/㎡        | ≤ | 80      | 元/㎡   | ≤80元/㎡
≥500㎡          | ≥ | 500     | ㎡      | ≥500㎡
≥500m²          | ≥ | 500     | m²      | ≥500m²
≥500m2          | ≥ | 500     | m2      | ≥500m2
≥12.5km         | ≥ | 12.5    | km      | ≥12.5km
≤40μg/m³        | ≤ | 40      | μg/m³   | ≤40μg/m³
≤55dB(A)        | ≤ | 55      | dB(A)   | ≤55dB(A)
≥530元/人*月    | ≥ | 530     | 元/人*月 | ≥530元/人*月
≥25kg/亩        | ≥ | 25      | kg/亩   | ≥25kg/亩
≤500kW·h        | ≤ | 500     | kW·h    | ≤500kW·h
≥98%（百分比）  | ≥ | 98      | %       | ≥98%
"""
RANGES = """
3-5次     | 3  | 5  | 次 | 3-5次
3～5次    | 3  | 5  | 次 | 3-5次
3至5次    | 3  | 5  | 次 | 3-5次
3次—5次   | 3  | 5  | 次 | 3-5次
80%-90%   | 80 | 90 | %  | 80-90%
"""
DATES = (
    "12月底前 6月30日前完成 2024年12月31日前 2024年底前 年底 第三季度 上半年 11月中旬 2024-12-31 2024.12.31"
    " 2024年 年内完成 当年完成 每月25日前 每季度末 3-10月 2024年3月至6月"
)
TEXTS = (
    "全覆盖 如期完成 满意 及时、高效 正常运转 5-3次 ≥3-5次 大于90%以下 1/2 12:00 约200人 无 1,20次"
    " 百分之百满意 % ≥ 10次-5人 9以上以上 5A级景区 1:3"
)


def table(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


@pytest.mark.parametrize("row", table(NUMBERS), ids=lambda row: row[0])
def test_a_number_is_read_in_every_spelling(row: list[str]) -> None:
    typed, operator, number, unit, normal = row
    value = parse_value(typed)
    assert (value.kind, value.operator or "-", value.number, value.upper, value.unit, value.normal) == (
        Kind.NUMBER, operator, Decimal(number), None, unit, normal,
    )  # fmt: skip
    assert value.text == typed
    assert value.is_percent == (unit in ("%", "‰"))


@pytest.mark.parametrize("row", table(RANGES), ids=lambda row: row[0])
def test_a_range_is_read_in_every_spelling(row: list[str]) -> None:
    typed, number, upper, unit, normal = row
    value = parse_value(typed)
    assert (value.kind, value.operator, value.number, value.upper, value.unit, value.normal) == (
        Kind.RANGE, None, Decimal(number), Decimal(upper), unit, normal,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "kind"),
    [(text, kind) for kind, texts in ((Kind.DATE, DATES), (Kind.TEXT, TEXTS)) for text in texts.split()],
)
def test_what_is_no_number_is_a_date_or_a_text_and_stays_as_typed(typed: str, kind: Kind) -> None:
    value = parse_value(typed)
    assert (value.kind, value.number, value.operator, value.normal) == (kind, None, None, typed)


@pytest.mark.parametrize("blank", ["", " ", "\n", "　"])
def test_a_blank_cell_holds_no_value(blank: str) -> None:
    assert parse_value(blank) == NO_VALUE
    assert parse_value(blank).normal == ""


@pytest.mark.parametrize(
    ("typed", "spelled", "standard"),
    [
        ("≥90%", "≥", True), ("＞90%", "＞", True), ("＝90%", "＝", True), ("90%", "", True),
        (">90%", ">", False), (">＝90%", ">=", False), ("大于等于90%", "大于等于", False),
        ("90%以上", "以上", False), ("≥90%以上", "≥…以上", False),
    ],
)  # fmt: skip
def test_only_the_five_signs_are_the_standard_spelling(typed: str, spelled: str, standard: bool) -> None:
    value = parse_value(typed)
    assert (value.spelled, value.operator_is_standard) == (spelled, standard)


@pytest.mark.parametrize(
    ("operator", "spellings"),
    [
        (
            Operator.AT_LEAST,
            "≥5 ≧5 ⩾5 ≮5 >=5 =>5 不低于5 不少于5 不小于5 至少5 达到5 达5 5以上 5及以上 5或以上",
        ),
        (Operator.ABOVE, "＞5 >5 〉5 大于5 高于5 多于5 超过5"),
        (Operator.EQUAL, "＝5 =5 ==5 ═5 等于5"),
        (Operator.BELOW, "＜5 <5 〈5 小于5 低于5 少于5"),
        (
            Operator.AT_MOST,
            "≤5 ≦5 ⩽5 ≯5 <=5 =<5 不高于5 不超过5 不多于5 不大于5 至多5 最多5 5以下 5及以下 5以内 5之内",
        ),
    ],
)
def test_every_spelling_of_an_operator_means_the_same(operator: Operator, spellings: str) -> None:
    normal_forms = {parse_value(typed).normal for typed in spellings.split()}
    assert normal_forms == {f"{operator}5"}


def test_an_operator_wants_more_or_less_or_exactly_this() -> None:
    assert [operator for operator in Operator if operator.wants_more] == [Operator.AT_LEAST, Operator.ABOVE]
    assert [operator for operator in Operator if operator.wants_less] == [Operator.BELOW, Operator.AT_MOST]


# fmt: off
UNITS = st.sampled_from([
    "", "%", "‰", "次", "人次", "万元", "元", "个", "元/人·天", "平方米", "㎡", "m²", "m2", "元/㎡", "km",
    "μg/m³", "个工作日",
])
PIECES = [
    "≥", "大于", "不低于", ">", "=", "9", "0", "1,200", ".", "%", "次", "万元", "以上", "内", "-", "月", "底",
]
# fmt: on
AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**12, places=2)
NUMBER_VALUES = st.builds(
    lambda operator, number, unit: IndicatorValue(Kind.NUMBER, "", operator, number, None, unit),
    st.sampled_from(Operator), AMOUNTS, UNITS,
)  # fmt: skip
RANGE_VALUES = st.builds(
    lambda number, more, unit: IndicatorValue(Kind.RANGE, "", None, number, number + more, unit),
    st.decimals(min_value=0, max_value=10**6, places=2),
    st.decimals(min_value=Decimal("0.01"), max_value=10**6, places=2),
    UNITS,
)
TYPED = st.text(max_size=12) | st.lists(st.sampled_from(PIECES), max_size=6).map("".join)


@given(NUMBER_VALUES | RANGE_VALUES)
def test_the_normal_form_says_all_there_is_in_a_value(value: IndicatorValue) -> None:
    assert parse_value(value.normal) == value
    assert parse_value(value.normal).operator_is_standard


@given(TYPED)
def test_the_normal_form_of_a_normal_form_is_itself(typed: str) -> None:
    value = parse_value(typed)
    again = parse_value(value.normal)
    assert again.normal == value.normal
    if value.kind is Kind.NUMBER:
        assert again == replace(value, operator=value.operator or Operator.EQUAL)
    else:
        assert again == value


@given(st.integers(0, 10**14))
def test_money_goes_through_a_cell_unharmed(fen: int) -> None:
    assert money_from_number(money_to_number(Money(fen))) == Money(fen)


@given(st.integers(0, 10**14))
def test_money_reads_its_own_yuan(fen: int) -> None:
    money = Money(fen)
    assert Money.of_yuan(money.yuan) == Money.of_yuan(str(money).replace(",", "")) == money


@pytest.mark.parametrize(
    ("amount", "problem"),
    [
        ("", "text"), ("四万", "text"), ("40,000", "text"), ("40_000", "text"), ("NaN", "text"),
        ("sNaN", "text"), ("Infinity", "text"), ("-1", "negative"), ("-0.001", "negative"),
        ("0.001", "decimals"), ("1.005", "decimals"),
        ("0.1000000000000000000000000000000001", "decimals"), ("10000000000000.01", "too-large"),
        ("1e999999", "too-large"), (10**14, "too-large"), (Decimal("-0.5"), "negative"),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused_with_its_problem(amount: str | int | Decimal, problem: str) -> None:
    with pytest.raises(NotMoney) as refused:
        Money.of_yuan(amount)
    assert refused.value.problem == problem


@pytest.mark.parametrize(
    ("number", "fen"),
    [
        (0.1 + 0.2, 30), (33333.33 * 3, 9999999), (100000.1 - 100000, 10), (-1.4e-11, 0), (1e13, 10**15),
    ],
)  # fmt: skip
def test_the_noise_of_a_formula_is_no_third_decimal(number: float, fen: int) -> None:
    assert money_from_number(number) == Money(fen)


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        (0.125, "decimals"), (10 / 3, "decimals"), (40000.001, "decimals"), (-0.01, "negative"),
        (float("nan"), "text"), (float("inf"), "text"), (1e300, "too-large"),
    ],
)  # fmt: skip
def test_a_number_that_is_no_amount_is_refused_with_its_problem(number: float, problem: str) -> None:
    with pytest.raises(NotMoney) as refused:
        money_from_number(number)
    assert refused.value.problem == problem


def test_money_is_printed_in_yuan_with_separators() -> None:
    assert [str(Money(fen)) for fen in (0, 5, 4000000)] == ["0.00", "0.05", "40,000.00"]


def test_a_share_is_printed_without_trailing_zeros() -> None:
    shares = ("20", "83.3", "100.00", "0")
    assert [percent_text(Decimal(share)) for share in shares] == ["20%", "83.3%", "100%", "0%"]


@pytest.mark.parametrize(
    ("plan", "usable"),
    [
        ({3: "20", 6: "50", 12: "100"}, True), ({12: "100"}, True), ({3: "100", 6: "100"}, True),
        ({}, False), ({3: "", 12: "100"}, False), ({3: "60", 6: "50", 12: "100"}, False),
        ({3: "20", 12: "99"}, False),
        ({3: "-1", 12: "100"}, False), ({3: "110", 12: "100"}, False), ({6: "20", 3: "50", 12: "100"}, False),
        ({0: "0", 12: "100"}, False), ({3: "20", 13: "100"}, False),
    ],
)  # fmt: skip
def test_a_plan_is_usable_if_a_curve_can_be_drawn_from_it(plan: dict[int, str], usable: bool) -> None:
    nodes = tuple(Node(month, Decimal(share) if share else None) for month, share in plan.items())
    assert SpendPlan(nodes).is_usable is usable


def test_columns_are_counted_in_letters() -> None:
    columns = (1, 26, 27, 52, 702, 703, 16384)
    assert [column_letters(column) for column in columns] == ["A", "Z", "AA", "AZ", "ZZ", "AAA", "XFD"]
