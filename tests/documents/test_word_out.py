"""The Word file, read back with python-docx; and as LibreOffice lays it out."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jixiao.documents.writing.form_layout import SMALL, USUAL, lay_out
from jixiao.documents.writing.page import lines_needed
from jixiao.documents.writing.plain import legal
from jixiao.documents.writing.project_form import project_form
from jixiao.documents.writing.publication import Level, publication
from jixiao.documents.writing.word_out import write_word
from jixiao.profiles import load_profile
from jixiao.sample import real_department, sample_department
from tests.documents.departments import HEBEI, ROWS, TODAY, department, indicator, project
from tests.office import converted, page_texts


def opened(folder: Path, made, profile=HEBEI) -> Document:  # type: ignore[no-untyped-def]
    path = folder / "text.docx"
    write_word(made, profile, path, today=TODAY)
    return docx.Document(str(path))


def own_texts(table: Table) -> list[list[str]]:
    """Each row's own cells: a cell over several columns once, one that a cell above covers as <covered>."""
    return [
        ["<covered>" if cell.vMerge == "continue" else "\n".join(p.text for p in cell.p_lst) for cell in row.tc_lst]
        for row in table._tbl.tr_lst
    ]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Document:
    return opened(tmp_path_factory.mktemp("word"), real_department())


def test_every_line_of_part_1_is_a_paragraph_of_its_style(real: Document) -> None:
    document = publication(real_department(), HEBEI)
    styles = {Level.TEXT: "Body Text", Level.HEADING: "Heading 2", Level.SUBHEADING: "Heading 3"}
    wanted = [(styles[line.level], line.text) for line in document.lines]
    found = [(p.style.name, p.text) for p in real.paragraphs]
    start = found.index(wanted[0])
    assert found[start : start + len(wanted)] == wanted


def test_every_project_has_its_title_and_both_tables(real: Document) -> None:
    document = publication(real_department(), HEBEI)
    titles = [p.text for p in real.paragraphs if p.style.name == "表标题"]
    assert titles == [form.title for form in document.forms]
    shown = [own_texts(table) for table in real.tables]
    wanted = [
        [["<covered>" if not cell.rows else cell.text for cell in row] for row in rows]
        for form in document.forms
        for rows in (form.head, form.table)
    ]
    assert shown == wanted


def test_the_first_level_is_one_merged_cell_over_its_rows(real: Document) -> None:
    column = real.tables[1].columns[0].cells
    assert [cell.text for cell in column] == ["一级指标", *["产出指标"] * 4, *["效益指标"] * 3, "满意度指标"]
    assert column[1]._tc is column[4]._tc


def test_the_headings_of_the_indicators_repeat_and_no_row_is_split(real: Document) -> None:
    for table in real.tables:
        rows = table._tbl.tr_lst
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
        is_indicators = table.cell(0, 0).text == "一级指标"
        assert (rows[0].trPr.find(qn("w:tblHeader")) is not None) is is_indicators


def test_a_row_higher_than_half_a_page_may_be_split(tmp_path: Path) -> None:
    made = opened(tmp_path, department(project(goal="完成各项工作，" * 1500)))
    assert [row.trPr.find(qn("w:cantSplit")) is None for row in made.tables[0]._tbl.tr_lst] == [False] * 6 + [True]


def test_the_pages_are_those_of_government_documents(real: Document) -> None:
    cover, contents, part1, part2 = real.sections
    for section in real.sections:
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert abs(part1.top_margin - Mm(37)) < Mm(1) and abs(part1.left_margin - Mm(26)) < Mm(1)
    assert part2.left_margin < part1.left_margin
    assert not any(section._sectPr.findall(qn("w:footerReference")) for section in (cover, contents, part2))
    numbering = part1._sectPr.find(qn("w:pgNumType"))
    assert numbering.get(qn("w:start")) == "1"
    assert part1.footer.paragraphs[0].text == "— 1 —" and part2.footer.is_linked_to_previous


def test_paragraphs_have_fixed_lines_and_an_indent_of_two_characters(real: Document) -> None:
    body = real.styles["Body Text"].element
    assert body.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"
    spacing = body.pPr.find(qn("w:spacing"))
    assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("560", "exact")
    assert body.rPr.find(qn("w:sz")).get(qn("w:val")) == "32"


def test_each_level_has_its_font_and_the_font_table_names_what_stands_in(tmp_path: Path, real: Document) -> None:
    fonts = {
        name: real.styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Heading 1", "Heading 2", "Heading 3", "Body Text")
    }
    assert list(fonts.values()) == ["方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"]
    table = next(
        part.blob.decode() for part in real.part.package.iter_parts() if part.partname.endswith("fontTable.xml")
    )
    assert re.search('仿宋_GB2312"><w:altName w:val="仿宋"', table)


def test_the_contents_are_a_field_whose_entries_lead_to_bookmarks(real: Document) -> None:
    entries = [p for p in real.paragraphs if p.style.name.startswith("toc ")]
    assert [p.text.split("\t")[0] for p in entries][:6] == [
        "第一部分　部门整体绩效目标", "一、总体绩效目标", "二、分项绩效目标", "三、工作保障措施",
        "第二部分　预算项目绩效目标", "1.代表之家联络站绩效目标表",
    ]  # fmt: skip
    body = real.element.body
    names = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    anchors = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    assert len(anchors) == len(entries) == 12 and set(anchors) == names
    marks = [mark.get(qn("w:fldCharType")) for mark in body.iter(qn("w:fldChar"))]
    assert marks.count("begin") == marks.count("end") == marks.count("separate") == 13
    assert not any(mark.get(qn("w:dirty")) for mark in body.iter(qn("w:fldChar")))
    assert len({mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))}) == len(names)


def test_the_file_depends_on_its_contents_and_the_date_alone(tmp_path: Path) -> None:
    first, second = tmp_path / "a.docx", tmp_path / "b.docx"
    write_word(real_department(), HEBEI, first, today=TODAY)
    write_word(real_department(), HEBEI, second, today=TODAY)
    assert first.read_bytes() == second.read_bytes()
    properties = docx.Document(str(first)).core_properties
    assert (properties.created.date(), properties.modified.date()) == (TODAY, TODAY)
    assert properties.title == "玉田县人民代表大会常务委员会本级2024年部门预算绩效目标文本"


@pytest.mark.parametrize("count", [0, 300])
def test_the_number_of_projects_does_not_matter(tmp_path: Path, count: int) -> None:
    made = opened(tmp_path, sample_department(count))
    assert len(made.tables) == 2 * count
    assert any(p.text == "（无项目）" for p in made.paragraphs) is (count == 0)


def test_cost_as_a_level_of_its_own_is_shown_first(tmp_path: Path) -> None:
    rows = (
        indicator("成本指标", "经济成本指标", "总成本", "全部支出", "≤11万元", "《甲》"),
        *(indicator(*row) for row in ROWS),
    )
    made = opened(tmp_path, department(project(indicators=rows)), load_profile("mof-2021"))
    assert made.tables[1].cell(1, 0).text == "成本指标"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(st.text(max_size=80))
def test_any_text_of_a_cell_survives(tmp_path: Path, text: str) -> None:
    made = opened(tmp_path, department(project(purpose=text, goal=text, name=text)))
    head = own_texts(made.tables[0])
    assert head[1][3] == head[3][1] == head[6][1] == legal(text)


def test_a_form_that_fits_a_page_in_small_letters_only_is_set_in_small_letters() -> None:
    few, many = (tuple(indicator(*row) for row in ROWS * times) for times in (2, 4))
    usual = lay_out(project_form(1, project(indicators=few), department()))
    small = lay_out(project_form(1, project(indicators=many), department()))
    assert (usual.lettering, usual.pages) == (USUAL, 1) and (small.lettering, small.pages) == (SMALL, 1)


def test_a_line_ends_before_what_belongs_together() -> None:
    assert lines_needed("一二三四五", 50, 10) == 1
    assert lines_needed("一二三四五，", 50, 10) == 1  # the comma hangs over the edge
    assert lines_needed("一二三四五》六", 50, 10) == 2
    assert lines_needed("一二三1234567", 50, 10) == 2
    assert lines_needed("", 50, 10) == 1
    assert lines_needed("1" * 95, 50, 10) == 10


@pytest.mark.slow
def test_the_contents_name_the_pages_on_which_things_are_found(tmp_path: Path) -> None:
    path = tmp_path / "text.docx"
    write_word(real_department(), HEBEI, path, today=TODAY)
    pages = [re.sub(r"\s", "", page) for page in page_texts(converted(path, "pdf", tmp_path))]
    entries = re.findall(r"(\d\.\w+绩效目标表)\.+(\d+)(?=\d\.|$)", pages[1])
    assert len(entries) == 7
    for title, number in entries:
        (found,) = [page for page in pages[2:] if page.startswith(title)]
        assert found.endswith(f"—{number}—")
    assert all(pages)
