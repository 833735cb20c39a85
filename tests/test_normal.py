"""Mended punctuation: what changes, what never does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.model.normal import mend_punctuation
from jixiao.rules.numbering import find_misnumbering
from jixiao.rules.slips import find_repeat, find_residues
from jixiao.rules.texts import excerpt, quote_mended

SIGNS = ",.;:?!()（），。；：？！-－—–·、《》“”%/=×+ \n\u300012358abZ年月底代表履职能力一二十第工作"
TEXTS = st.text(alphabet=SIGNS, max_size=60)


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("提高代表履职能力.", "提高代表履职能力。"),
        ("基本支出内容,是我单位正常运行的保证", "基本支出内容，是我单位正常运行的保证"),
        ("指标值为>＝90%.以上指标", "指标值为>＝90%。以上指标"),
        ("完成率100%,满意度90%", "完成率100%，满意度90%"),
        ("加强工作.2.落实责任", "加强工作。2.落实责任"),
        ("人次(人)和单位（市、区)", "人次（人）和单位（市、区）"),
        ("支出计划(%)", "支出计划（%）"),
        ("太好了!!!真的吗??", "太好了！！！真的吗？？"),
        ("其中:财政资金3万元;其他", "其中：财政资金3万元；其他"),
        ("产出指标-数量指标—次数", "产出指标—数量指标—次数"),
    ],
)
def test_marks_in_chinese_become_full_width(text: str, mended: str) -> None:
    assert mend_punctuation(text) == mended


@pytest.mark.parametrize(
    "text",
    [
        "投入1,200.50元，增长3.5%，8:30开始，比例1:3",
        "1.培训\n2.会议\n(3)视察\n4,调研",
        "一.总体目标；二.分项目标；第三.措施",
        "玉政办(2019)3号，玉发[2005]11号",
        "合格率=(合格人数/总人数)×100%",
        "见https://www.example.gov.cn/a,b?c=d;e 或发至 a.b@example.com",
        "使用Excel,Word；A.B.C；No.3",
        "内容等......",
        "破折号——连接号—两种不同",
        "[bookmark: _Toc_1]一、总体目标&nbsp;",
        "plain English, no Chinese. (Really?)",
        "≥90%.",
        "",
    ],
)
def test_what_is_no_chinese_mark_stays(text: str) -> None:
    assert mend_punctuation(text) == text


@given(TEXTS)
def test_mending_twice_changes_nothing_more(text: str) -> None:
    mended = mend_punctuation(text)
    assert mend_punctuation(mended) == mended


@given(TEXTS)
def test_digits_letters_and_chinese_characters_are_never_touched(text: str) -> None:
    mended = mend_punctuation(text)
    assert len(mended) == len(text)
    assert all(old == new for old, new in zip(text, mended, strict=True) if old.isalnum() or old.isspace())


@given(st.text(max_size=80))
def test_no_text_whatever_makes_a_check_fail(text: str) -> None:
    mended = mend_punctuation(text)
    assert mend_punctuation(mended) == mended
    find_misnumbering(text)
    find_repeat(text)
    for residue in find_residues(text):
        assert text[residue.start : residue.end]


def test_an_excerpt_shows_the_place_on_one_line() -> None:
    text = "主要用于2022年五星级代表之家\n以及联络站经费补贴"
    assert excerpt(text, 4, 8) == "主要用于2022年五星级代表之家 以…"
    assert excerpt(text, 0, len(text)) == text.replace("\n", " ")


def test_of_a_long_mended_text_only_the_changed_piece_is_quoted() -> None:
    text = "很长的一段话，" * 12 + "更好的提升能力" + "，再说一段话" * 12
    quoted = quote_mended(text, text.replace("更好的", "更好地"))
    assert "更好地提升能力" in quoted
    assert len(quoted) < 40
