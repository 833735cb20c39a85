"""What the buttons of the groups 填报 and 帮助 do, and what is told when something cannot be done."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

import macros
from jixiao import __version__, commands, diagnosis, shipped
from jixiao.engine.file import engine, open_book
from jixiao.refusal import UserError
from jixiao.sample import real_department
from jixiao.workbook import layout
from jixiao.workbook.book import CannotWriteBook
from jixiao.workbook.file_reader import read_grids
from jixiao.workbook.layout import Kind
from tests import workbooks

REAL = real_department()
FORM = "人大专项工作经费"
NEW = "部门预算绩效目标.xlsx"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[xw.Book]:
    folder = tmp_path / "单位"
    folder.mkdir()
    opened = open_book(workbooks.written(folder, REAL))
    opened.set_mock_caller()
    engine.app.alerts.clear()
    yield opened
    engine.app.quit()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "用户"
    (home / "Documents").mkdir(parents=True)
    monkeypatch.setattr(Path, "home", lambda: home)
    return home


def only_alert() -> str:
    assert len(engine.app.alerts) == 1, engine.app.alerts
    return engine.app.alerts[0]


# 新建部门工作簿


def test_a_new_workbook_is_the_template_beside_the_book_and_open(book: xw.Book) -> None:
    macros.new_workbook()
    path = Path(book.fullname).with_name(NEW)
    assert path.read_bytes() == shipped.template().read_bytes()
    assert book.app.books.active.name == NEW
    assert str(path) in only_alert()


def test_a_new_workbook_never_takes_a_name_that_is_on_the_disk_or_open(book: xw.Book, tmp_path: Path) -> None:
    folder = Path(book.fullname).parent
    (folder / NEW).write_text("前年的")
    elsewhere = shutil.copy(shipped.template(), tmp_path / "部门预算绩效目标(2).xlsx")
    open_book(elsewhere)
    assert commands.new_workbook(book) == folder / "部门预算绩效目标(3).xlsx"
    assert (folder / NEW).read_text() == "前年的"


def test_where_nothing_can_be_written_beside_the_book_the_documents_are_taken(book: xw.Book, home: Path) -> None:
    shutil.rmtree(Path(book.fullname).parent)
    assert commands.new_workbook(book) == home / "Documents" / NEW


def test_where_nothing_can_be_written_at_all_one_sentence_says_why(book: xw.Book, home: Path) -> None:
    shutil.rmtree(Path(book.fullname).parent)
    shutil.rmtree(home)
    macros.new_workbook()
    assert only_alert().startswith("没有新建工作簿：无法写入“部门预算绩效目标.xlsx”")


def test_a_missing_template_is_named(book: xw.Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped, "_FOLDERS", (tmp_path, tmp_path))
    macros.new_workbook()
    assert only_alert().startswith("安装不完整，缺少“template/绩效目标模板.xlsx”")


# 规则说明


def select(book: xw.Book, sheet: str, address: str) -> None:
    book.sheets[sheet].activate()
    book.sheets[sheet][address].select()


def test_the_rule_of_a_finding_is_explained(book: xw.Book) -> None:
    commands.validate(book)
    for row in (1, 20):
        engine.app.alerts.clear()
        address = f"H{layout.FINDINGS_HEADER_ROW + row}"
        select(book, Kind.FINDINGS.value, address)
        code = book.sheets[Kind.FINDINGS.value][f"C{layout.FINDINGS_HEADER_ROW + row}"].value
        macros.explain_rule()
        assert re.match(rf"{code} \S", only_alert())
        assert "\n\n【为什么检查】\n" in only_alert() and "## " not in only_alert()


def test_the_rules_of_a_marked_row_are_named_and_the_gravest_explained(book: xw.Book) -> None:
    commands.validate(book)
    select(book, FORM, "F17")
    text = commands.explain_rule(book)
    mark = book.sheets[FORM]["I17"].value
    codes = re.findall(r"(?:错误|警告|提示) (JX\d+)", mark)
    assert mark.startswith("错误 JX503") and len(codes) > 1
    assert text.startswith(f"本行涉及 {len(codes)} 条规则：{'、'.join(codes)}。以下说明第一条。\n\nJX503 ")


def test_the_rule_of_a_row_of_the_settings_is_explained(book: xw.Book) -> None:
    select(book, Kind.SETTINGS.value, f"B{layout.SETTINGS_HEADER_ROW + 3}")
    code = book.sheets[Kind.SETTINGS.value][f"A{layout.SETTINGS_HEADER_ROW + 3}"].value
    assert commands.explain_rule(book).startswith(f"{code} ")


@pytest.mark.parametrize(("sheet", "address"), [(FORM, "A1"), (FORM, "C5000"), (Kind.FINDINGS.value, "C5")])
def test_where_no_rule_is_named_the_user_is_told_where_to_click(book: xw.Book, sheet: str, address: str) -> None:
    commands.validate(book)
    select(book, sheet, address)
    macros.explain_rule()
    assert "请在“校验结果”里选中一条" in only_alert()


def test_a_text_of_the_user_that_looks_like_a_rule_is_none(book: xw.Book) -> None:
    book.sheets[FORM]["D17:E17"].value = ["见文件JX503", "13022924PJX503R281029"]
    select(book, FORM, "F17")
    with pytest.raises(UserError, match="没有校验出的问题"):
        commands.explain_rule(book)


def test_nothing_selected_is_like_a_row_without_rules(book: xw.Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(engine.app), "selection", None)  # a chart is selected
    with pytest.raises(UserError, match="没有校验出的问题"):
        commands.explain_rule(book)


# 设置


def test_settings_shows_the_sheet_or_says_how_to_get_it(book: xw.Book) -> None:
    macros.show_settings()
    assert (book.sheets.active.name, engine.app.alerts) == (Kind.SETTINGS.value, [])
    book.sheets[Kind.SETTINGS.value].delete()
    macros.show_settings()
    assert only_alert().startswith("本工作簿没有“校验设置”表")


# 诊断, 关于


def test_the_diagnosis_names_versions_and_places_and_misses_nothing_here(book: xw.Book) -> None:
    macros.diagnose(r"C:\XLSTART\绩效助手.xlam", "ValueError: 不是金额")
    text = only_alert()
    for part in (
        f"绩效助手 {__version__}，Excel {book.app.version}",
        r"加载项：C:\XLSTART\绩效助手.xlam",
        f"宏和函数：{Path(macros.__file__).parent}",
        f"空白模板：{shipped.template()}（版本 {__version__}）",
        f"当前工作簿：{book.fullname}，模板版本 {__version__}",
        "xlwings 0.37",
        "最近一次函数出错：ValueError: 不是金额",
        "没有发现缺少的文件和组件。",
    ):
        assert part in text


def test_the_diagnosis_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped, "_FOLDERS", (tmp_path, tmp_path))
    monkeypatch.setattr(diagnosis, "_NEEDED", ("xlwings", "no-such-package-anywhere"))
    text = diagnosis.diagnosis(book="工作簿1", host=diagnosis.Host("16.0"), addin="", folder=tmp_path, failure="")
    missing = text.splitlines()[-1]
    for part in ("组件 no-such-package-anywhere", f"文件 {tmp_path / 'udfs.py'}", "空白模板", "请重新安装绩效助手"):
        assert part in missing
    assert "加载项：看不出" in text and "模板版本 看不出" in text and "xlwings 缺少" not in text


def test_the_diagnosis_joins_the_halves_of_vba_s_characters() -> None:
    text = diagnosis.diagnosis(
        book="", host=diagnosis.Host(""), addin="C:/\ud834\udd1e.xlam", folder=Path(), failure="\ud834"
    )
    assert "C:/\U0001d11e.xlam" in text
    assert text.encode("utf-8")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"text"])
def test_a_file_that_is_no_workbook_has_no_template_version(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert diagnosis.version_of_template(path) == ""
    assert diagnosis.version_of_template(tmp_path) == ""


def test_a_workbook_of_an_older_template_is_known_and_works_all_the_same(tmp_path: Path) -> None:
    path = workbooks.written(tmp_path, REAL)
    older = openpyxl.load_workbook(path)
    older.properties.title = "部门预算绩效目标（绩效助手 0.0.9）"
    for name in (Kind.SETTINGS, Kind.FINDINGS, Kind.CURVE, Kind.INDICATORS, Kind.DICTIONARY):
        del older[name.value]
    older.save(path)
    assert diagnosis.version_of_template(path) == "0.0.9"
    book = open_book(path)
    book.set_mock_caller()
    engine.app.alerts.clear()
    macros.validate()
    macros.build_summary()
    macros.refresh_curve()
    assert engine.app.alerts == []
    assert book.sheets[Kind.CURVE.value]["N7"].value == 7015904.46
    book.close()


def test_about_tells_the_version(book: xw.Book) -> None:
    macros.about()
    assert only_alert().startswith(f"绩效助手 {__version__}\n")


def test_a_hidden_sheet_is_named(book: xw.Book) -> None:
    book.sheets[Kind.SETTINGS.value].visible = False
    macros.show_settings()
    assert only_alert() == "工作表“校验设置”是隐藏的，不能切换到它"


# what nobody foresaw


def test_an_error_nobody_foresaw_is_one_chinese_text_and_the_details_are_kept(
    book: xw.Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diagnosis, "LOG", tmp_path / "error.log")
    monkeypatch.setattr(commands, "RULES", None)
    macros.about()
    assert only_alert().startswith("没有完成：")
    assert str(tmp_path / "error.log") in only_alert() and "Traceback" not in only_alert()
    kept = (tmp_path / "error.log").read_text("utf-8")
    assert "Traceback" in kept and "NoneType" in kept
    macros.diagnose()
    assert f"错误记录：{tmp_path / 'error.log'}" in engine.app.alerts[1]


def test_where_even_the_details_cannot_be_kept_they_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagnosis, "LOG", tmp_path)
    assert "请把这句话发给维护人员：KeyError：'甲'" in diagnosis.unexpected(KeyError("甲"))


def test_a_cell_that_cannot_be_written_takes_all_mends_back(tmp_path: Path) -> None:
    """Text a workbook can hold on the disk, and a host refuses to write."""
    last = replace(REAL.projects[-1], goal="听取,审议" + "\U0001d11e" * 20_000)
    path = workbooks.written(tmp_path, replace(REAL, projects=(*REAL.projects[:-1], last)))
    before = {grid.name: grid.rows for grid in read_grids(path)}
    book = open_book(path)
    assert len(commands.planned_changes(path)) > 1
    with pytest.raises(CannotWriteBook, match="没有改动任何单元格"):
        commands.normalise(book)
    book.save(tmp_path / "after.xlsx")
    book.close()
    assert {grid.name: grid.rows for grid in read_grids(tmp_path / "after.xlsx")} == before
