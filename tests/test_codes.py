"""Project codes and unit codes: their parts, what is wrong with them, the check character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.model.codes import (
    CHECK_ALPHABET,
    CodeProblem,
    ProjectCode,
    check_character,
    code_problems,
    is_six_digits,
    parse_code,
    plain_code,
    signs_without_check_value,
)

# The seven codes of a published document.
REAL = (
    "13022924P004R2810292F", "13022924P004R2810291U", "13022924P004R2810289W", "13022924P004R28102908",
    "13022924P004R28102889", "13022924P00JXC4169772", "13022924P00JXC4169799",
)  # fmt: skip
SERIALS = st.text(alphabet=CHECK_ALPHABET, min_size=11, max_size=11)


@pytest.mark.parametrize("code", REAL)
def test_a_real_code_has_no_problem_and_the_check_character_it_should(code: str) -> None:
    assert code_problems(code) == ()
    assert check_character(code) == code[-1]


def test_a_code_falls_into_its_parts() -> None:
    assert parse_code(REAL[0]) == ProjectCode("130229", "24", "P", "004R2810292", "F")


@pytest.mark.parametrize(
    ("code", "problems"),
    [
        ("13022924P004R2810292", [("length", 20, "")]),
        ("", [("length", 0, "")]),
        ("13022924P004R2810292FF", [("length", 22, "")]),
        ("13022924P004R281 292F", [("blank", 17, " ")]),
        ("13022924p004r2810292F", [("lower-case", 9, "p"), ("lower-case", 13, "r")]),
        ("13022924Ｐ004R2810292F", [("full-width", 9, "Ｐ")]),
        ("１3022924P004R2810292F", [("full-width", 1, "１")]),
        ("13022924P004-2810292F", [("sign", 13, "-")]),
        ("13022924P004类2810292F", [("sign", 13, "类")]),
        ("1302Z924P004R2810292F", [("region", 5, "Z")]),
        ("1302292OP004R2810292F", [("year", 8, "O")]),
        ("130229240004R2810292F", [("kind", 9, "0")]),
        ("1302z9240004R2810292F", [("lower-case", 5, "z"), ("kind", 9, "0")]),
        ("13022924P004R28l0292", [("length", 20, ""), ("lower-case", 16, "l")]),
    ],
)
def test_each_problem_is_named_with_its_position(code: str, problems: list[tuple[str, int, str]]) -> None:
    assert list(code_problems(code)) == [CodeProblem(*problem) for problem in problems]
    assert parse_code(code) is None


@given(st.text(max_size=30))
def test_any_text_can_be_judged(text: str) -> None:
    assert (parse_code(text) is None) == bool(code_problems(text))


@given(SERIALS, st.integers(0, 19), st.sampled_from(CHECK_ALPHABET))
def test_every_single_changed_character_changes_the_check_character(serial: str, index: int, sign: str) -> None:
    code = f"13022924P{serial}"
    changed = code[:index] + sign + code[index + 1 :]
    assert (check_character(changed) == check_character(code)) == (changed == code)


@given(SERIALS, st.integers(0, 18))
def test_every_swap_of_different_neighbours_changes_the_check_character(serial: str, index: int) -> None:
    code = f"13022924P{serial}"
    swapped = code[:index] + code[index + 1] + code[index] + code[index + 2 :]
    assert (check_character(swapped) == check_character(code)) == (swapped == code)


def test_a_letter_outside_the_alphabet_leaves_no_check_character() -> None:
    code = "13022924POO4R2810292F"
    assert check_character(code) is None
    assert [problem.position for problem in signs_without_check_value(code)] == [10, 11]


def test_too_short_a_code_has_no_check_character() -> None:
    assert check_character("13022924P") is None


def test_the_plain_code_undoes_width_case_and_blanks() -> None:
    assert plain_code(" 13022924ｐ004r2810292Ｆ ") == REAL[0]


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("101001", True),
        ("10100", False),
        ("1010011", False),
        ("10100A", False),
        ("１01001", False),
        ("", False),
    ],
)
def test_a_unit_code_and_a_region_code_have_six_ascii_digits(text: str, valid: bool) -> None:
    assert is_six_digits(text) is valid
