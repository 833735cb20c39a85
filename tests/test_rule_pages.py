"""The rules' pages and the catalogue: complete, current, and equal to the published table."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from jixiao.model.fields import FIELD_LABELS
from jixiao.profiles import PROFILES, load_profile
from jixiao.rules.catalogue import FAMILIES, RULES
from jixiao.rules.core import GOOD_PRACTICE, Severity
from jixiao.rules.pages import index, page, pages, write_pages
from jixiao.workbook.layout import SETTINGS_COLUMNS, SHEET_TITLES, SUPPRESSION_COLUMNS, Kind

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
TABLE = tomllib.loads((Path(__file__).parent / "catalogue.toml").read_text("utf-8"))
CHINESE = re.compile(r"[一-鿿]")


def test_the_catalogue_is_the_published_table() -> None:
    assert {code: {"name": rule.name, "severity": rule.severity.value} for code, rule in RULES.items()} == TABLE


def test_every_rule_belongs_to_a_family_and_every_family_has_rules() -> None:
    assert {code[:3] for code in RULES} == set(FAMILIES)


def test_every_committed_page_is_current_and_there_is_none_too_many() -> None:
    committed = {path.name: path.read_text("utf-8") for path in (DOCS / "rules").glob("*.md")}
    assert committed == pages(), "regenerate with: python -m jixiao.rules.pages docs/rules"


def test_writing_the_pages_removes_those_of_rules_that_are_no_more(tmp_path: Path) -> None:
    (tmp_path / "JX999.md").write_text("old", "utf-8")
    assert write_pages(tmp_path) == len(RULES) + 1
    assert {path.name for path in tmp_path.iterdir()} == set(pages())


def test_the_index_links_every_rule_with_its_severity() -> None:
    lines = index().splitlines()
    for code, rule in RULES.items():
        line = next(line for line in lines if line.startswith(f"- [{code}]({code}.md)"))
        assert rule.severity.label in line
        assert rule.title in line


@pytest.mark.parametrize("code", RULES)
def test_a_page_says_what_why_how_and_on_whose_authority(code: str) -> None:
    rule = RULES[code]
    text = page(rule)
    assert text.startswith(f"# {code} {rule.title}\n")
    for piece in (rule.name, rule.explanation, rule.example.wrong, rule.example.right, rule.since, *rule.parameters):
        assert piece in text
    assert ("编制实践建议" in text) == (rule.source == GOOD_PRACTICE)
    assert rule.source == GOOD_PRACTICE or rule.source in text


@pytest.mark.parametrize("code", RULES)
def test_a_page_shows_every_wording_without_its_placeholders(code: str) -> None:
    text = page(RULES[code])
    assert text.count("建议：") == 1 + len(RULES[code].variants)
    assert not re.search(r"\{\w*\}", text)


@pytest.mark.parametrize("code", RULES)
def test_the_texts_of_a_rule_are_chinese(code: str) -> None:
    rule = RULES[code]
    for text in (rule.title, rule.explanation, *rule.parameters.values()):
        assert CHINESE.search(text), text


@pytest.mark.parametrize("code", RULES)
def test_every_parameter_has_a_default_in_every_profile(code: str) -> None:
    for profile in PROFILES:
        assert set(RULES[code].parameters) <= set(load_profile(profile).parameters.get(code, {}))


def test_a_page_names_a_profile_whose_severity_differs() -> None:
    assert "- 级别：警告（财政部2021口径（成本、产出、效益、满意度）为错误）" in page(RULES["JX509"])


def test_a_page_gives_the_default_of_a_parameter() -> None:
    assert "- tolerance：允许落后于序时进度的百分点。默认：10" in page(RULES["JX305"])


def test_a_page_uses_the_headings_of_the_settings_sheet() -> None:
    text = page(RULES["JX305"])
    assert SHEET_TITLES[Kind.SETTINGS] in text
    filled_in = {"启用", "级别", "参数值"}
    assert filled_in < {heading for heading, _ in SETTINGS_COLUMNS}
    for heading in (*filled_in, *(heading for heading, _ in SUPPRESSION_COLUMNS)):
        assert heading in text


def test_errors_cannot_be_ignored_one_by_one_and_their_pages_say_so() -> None:
    for rule in RULES.values():
        assert ("错误不能逐条忽略" in page(rule)) == (rule.severity is Severity.ERROR)


def test_the_glossary_has_every_field_of_the_form() -> None:
    glossary = (DOCS / "glossary.md").read_text("utf-8")
    for name, label in FIELD_LABELS.items():
        assert re.search(rf"^\| {re.escape(label)}[^|]*\|[^|]*`{name}`", glossary, re.M), label


def test_every_module_the_glossary_names_exists_and_knows_the_identifier() -> None:
    glossary = (DOCS / "glossary.md").read_text("utf-8")
    rows = re.findall(r"^\|[^|]+\| `(\w+)[^`]*` \|[^|]*\| `(jixiao/[\w/.-]+)` \|$", glossary, re.M)
    assert len(rows) > 60
    for identifier, module in rows:
        assert re.search(rf"\b{identifier}\b", (ROOT / module).read_text("utf-8")), (identifier, module)
