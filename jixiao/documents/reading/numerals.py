"""The numbers of automatic lists, in the formats that Word knows by name."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_MOST = 9999


def numeral(number: int, style: str) -> str | None:
    """None for a format that is not known; numbers beyond what a format can write are written in digits."""
    write = _STYLES.get(style)
    if write is None:
        return None
    return write(number) if 0 <= number <= _MOST else str(number)


def _counting(digits: str, units: tuple[str, str, str]) -> Callable[[int], str]:
    def write(number: int) -> str:
        zero, text, gap = digits[0], "", False
        for unit, value in zip((*reversed(units), ""), (1000, 100, 10, 1), strict=True):
            digit = number // value % 10
            if digit:
                text += (zero if gap and text else "") + digits[digit] + unit
            gap = not digit
        return text or zero

    return write


def _chinese(number: int) -> str:
    text = _counting("零" + _DIGITS[1:], ("十", "百", "千"))(number)
    return text[1:] if 10 <= number < 20 else text


def _chinese_digits(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text


def _letter(number: int) -> str:
    """Z is followed by AA, BB."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number else ""


def _series(first: str, last: int) -> Callable[[int], str]:
    return lambda number: chr(ord(first) + number - 1) if 1 <= number <= last else str(number)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)] if number else ""


_STYLES: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalHalfWidth": str,
    "decimalFullWidth": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
    "decimalFullWidth2": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
    "decimalEnclosedCircle": _series("①", 20),
    "decimalEnclosedCircleChinese": _series("①", 20),
    "decimalEnclosedParen": _series("⑴", 20),
    "decimalEnclosedFullstop": _series("⒈", 20),
    "ideographEnclosedCircle": _series("㊀", 10),
    "numberInDash": lambda number: f"- {number} -",
    "ordinal": str,
    "chineseCounting": lambda number: _chinese(number) if number < 100 else _chinese_digits(number),
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCounting": lambda number: _chinese(number) if number < 100 else _chinese_digits(number),
    "taiwaneseCountingThousand": _chinese,
    "ideographDigital": _chinese_digits,
    "japaneseDigitalTenThousand": _chinese_digits,
    "taiwaneseDigital": _chinese_digits,
    "chineseLegalSimplified": _counting(_LEGAL_DIGITS, ("拾", "佰", "仟")),
    "ideographLegalTraditional": _counting("零壹貳參肆伍陸柒捌玖", ("拾", "佰", "仟")),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": lambda number: _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12],
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda number: _letter(number).lower(),
    "bullet": lambda number: "",
    "none": lambda number: "",
}
