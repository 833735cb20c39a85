"""Whatever a file holds, reading it succeeds or says in one Chinese sentence what is wrong, where and what to do."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from jixiao.workbook.file_reader import read_grids
from jixiao.workbook.grid import CannotRead
from tests.bad_files import (
    MAIN,
    ROOT,
    Parts,
    book,
    book_parts,
    filled_row,
    links,
    ole_file,
    pack,
    sheet_xml,
    texts_xml,
    with_central_field,
    workbook_xml,
)
from tests.refusals import Build, assert_one_sentence, cut_short, named_parts, of_bytes, of_changed_parts

SHEET = sheet_xml(filled_row(1))


def refusal(path: Path) -> str:
    with pytest.raises(CannotRead) as caught:
        read_grids(path)
    return str(caught.value)


def changed(change: Callable[[Parts], object]) -> Build:
    return of_changed_parts(book_parts(SHEET), change)


def with_flipped_byte(path: Path) -> Path:
    """In the stored content of the sheet, so that only the checksum can tell."""
    data = pack(path, book_parts(SHEET), zipfile.ZIP_STORED).read_bytes()
    path.write_bytes(data.replace(b"<v>1.5</v>", b"<v>9.5</v>", 1))
    return path


SHEET_PART = "xl/worksheets/sheet1.xml"
DOCTYPE = '<!DOCTYPE a [<!ENTITY x "y">]>'

REFUSED: dict[str, tuple[str, Build, str]] = {
    "empty": ("空.xlsx", of_bytes(b""), "空的"),
    "text": ("文本.xlsx", of_bytes("项目,金额\n甲,1\n".encode()), "文本文件"),
    "text of GBK": ("文本.csv", of_bytes("项目,金额\n甲,1\n".encode("gb18030") * 400), "文本文件"),
    "text of UTF-16": ("文本.txt", of_bytes("项目\t金额\n".encode("utf-16")), "文本文件"),
    "html": ("导出.xlsx", of_bytes(b"<html><body><table></table></body></html>"), "网页"),
    "xml of 2003": (
        "旧.xml",
        of_bytes(b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'),
        "XML 电子表格 2003",
    ),
    "pdf": ("文件.xlsx", of_bytes(b"%PDF-1.7\n"), "PDF"),
    "something else": ("未知.xlsx", of_bytes(b"\x00\x01\x02\x03" * 9), "不是 Excel 工作簿"),
    "xls": ("旧.xls", lambda path: ole_file(path, "Workbook"), "（.xls）；请用 Excel 或 WPS 打开后另存为 .xlsx"),
    "xls named xlsx": ("旧.xlsx", lambda path: ole_file(path, "Book"), "（.xls）"),
    "xls of Excel 4": ("古.xls", of_bytes(b"\x09\x04\x06\x00\x00\x00\x10\x00"), "（.xls）"),
    "et": ("表.et", lambda path: ole_file(path, "Workbook"), "（.et）"),
    "doc": ("文.doc", lambda path: ole_file(path, "WordDocument"), "Word"),
    "encrypted": ("密.xlsx", lambda path: ole_file(path, "EncryptionInfo", "EncryptedPackage"), "去掉打开密码"),
    "lock file": ("~$表.xlsx", of_bytes(b"\x06user" + bytes(160)), "不带“~$”"),
    "xlsb": ("二进制.xlsb", named_parts("_rels/.rels", "xl/workbook.bin"), "（.xlsb）"),
    "docx": ("文.docx", named_parts("_rels/.rels", "word/document.xml"), "（.docx）"),
    "pptx": ("演示.pptx", named_parts("_rels/.rels", "ppt/presentation.xml"), "（.pptx）"),
    "ods": ("表.ods", named_parts("mimetype", "content.xml"), "（如 .ods）"),
    "zip": ("压缩.xlsx", named_parts("a.txt"), "普通的压缩包"),
    "empty zip": ("空包.xlsx", named_parts(), "普通的压缩包"),
    "truncated": ("截断.xlsx", lambda path: cut_short(book(path, SHEET)), "不完整"),
    "checksum": ("校验.xlsx", with_flipped_byte, "已损坏"),
    "no workbook part": ("缺.xlsx", changed(lambda parts: parts.pop("xl/workbook.xml")), "缺少 xl/workbook.xml"),
    "no links": ("缺.xlsx", changed(lambda parts: parts.pop("xl/_rels/workbook.xml.rels")), "缺少 xl/_rels"),
    "no sheet part": ("缺.xlsx", changed(lambda parts: parts.pop(SHEET_PART)), "工作表“表1”"),
    "unlinked sheet": ("缺.xlsx", lambda path: book(path, SHEET, main_links=links({})), "工作表“表1”"),
    "outward sheet": (
        "外.xlsx",
        changed(
            lambda parts: parts.update(
                {
                    "xl/_rels/workbook.xml.rels": links({"rId1": ("worksheet", "worksheets/sheet1.xml")})
                    .replace("/>", ' TargetMode="External"/>')
                    .encode()
                }
            )
        ),
        "工作表“表1”",
    ),
    "no worksheet": (
        "图.xlsx",
        lambda path: book(path, SHEET, main_links=links({"rId1": ("chartsheet", "chartsheets/sheet1.xml")})),
        "没有工作表",
    ),
    "no sheet at all": ("无.xlsx", lambda path: book(path, SHEET, main=workbook_xml([])), "没有工作表"),
    "broken xml": ("坏.xlsx", lambda path: book(path, sheet_xml('<row r="1"><c r="A1">')), "已损坏"),
    "too deep": ("深.xlsx", lambda path: book(path, sheet_xml("<a>" * 70 + "</a>" * 70)), "已损坏"),
    "no table": ("坏.xlsx", lambda path: book(path, f'<worksheet xmlns="{MAIN}"/>'), "内容不是表格"),
    "escaped reference": (
        "址.xlsx", lambda path: book(path, sheet_xml('<row r="1"><c r="&#65;B"/></row>')), "地址“AB”",
    ),
    "overlong reference": (
        "址.xlsx",
        lambda path: book(path, sheet_xml('<row r="1"><c r="A4294967297"><v>1</v></c></row>')),
        "地址“A4294967297”",
    ),
    "row beyond all": ("址.xlsx", lambda path: book(path, sheet_xml('<row r="4294967295"><c/></row>')), "地址"),
    "row nought": ("址.xlsx", lambda path: book(path, sheet_xml("<row r='0'><c><v>1</v></c></row>")), "地址“0”"),
    "unknown type": ("型.xlsx", lambda path: book(path, sheet_xml('<row r="1"><c t="q"><v>1</v></c></row>')), "“q”"),
    "unknown text": (
        "字.xlsx",
        lambda path: book(path, sheet_xml(filled_row(1, "A", "<v>7</v>", "s")), texts=texts_xml("只有一条")),
        "工作表“表1”有无法识别的内容",
    ),
    "entities in a sheet": ("实体.xlsx", lambda path: book(path, DOCTYPE + SHEET), "DOCTYPE"),
    "entities in the texts": ("实体.xlsx", lambda path: book(path, SHEET, texts=DOCTYPE + texts_xml("x")), "DOCTYPE"),
    "entities in the styles": ("实体.xlsx", lambda path: book(path, SHEET, styles=DOCTYPE + "<x/>"), "DOCTYPE"),
    "entities in the workbook": ("实体.xlsx", lambda path: book(path, SHEET, main=DOCTYPE + "<workbook/>"), "DOCTYPE"),
    "UTF-16": ("编码.xlsx", changed(lambda parts: parts.update({SHEET_PART: SHEET.encode("utf-16")})), "UTF-16"),
    "NUL": ("编码.xlsx", changed(lambda parts: parts.update({SHEET_PART: SHEET.encode() + b"\0"})), "空字符"),
    "password of the zip": (
        "密.xlsx", lambda path: with_central_field(book(path, SHEET), SHEET_PART, 8, "<H", 1), "密码",
    ),
    "other compression": (
        "压.xlsx", lambda path: with_central_field(book(path, SHEET), SHEET_PART, 10, "<H", 14), "压缩方式",
    ),
    "declared too short": (
        "炸.xlsx", lambda path: with_central_field(book(path, SHEET), SHEET_PART, 24, "<I", 40), "已损坏",
    ),
    "declared too long": (
        "炸.xlsx", lambda path: with_central_field(book(path, SHEET), SHEET_PART, 24, "<I", 1 << 31), "过大",
    ),
    "packed size beyond the file": (
        "炸.xlsx", lambda path: with_central_field(book(path, SHEET), SHEET_PART, 20, "<I", 1 << 20), "不完整",
    ),
    "entry elsewhere": (
        "偏.xlsx", lambda path: with_central_field(book(path, SHEET), SHEET_PART, 42, "<I", 7), "已损坏",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "build", "said"), REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_be_read_is_refused_with_one_sentence(tmp_path: Path, name: str, build: Build, said: str) -> None:
    assert_one_sentence(refusal(build(tmp_path / name)), name, said)


def test_a_file_that_does_not_exist_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert "文件不存在" in refusal(tmp_path / "没有.xlsx")
    assert "文件不存在" in refusal(book(tmp_path / "表.xlsx", SHEET) / "里面.xlsx")
    assert "文件夹" in refusal(tmp_path)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.xlsx")
    assert "不是普通文件" in refusal(tmp_path / "管道.xlsx")


def test_a_file_without_permission_is_refused_for_that() -> None:
    """Run as another user where this one may read everything."""
    code = (
        "import os, sys, tempfile; from pathlib import Path\n"
        "from jixiao.workbook.file_reader import read_grids\n"
        "from jixiao.workbook.grid import CannotRead\n"
        "if os.geteuid() == 0: os.setuid(65534)\n"
        "with tempfile.TemporaryDirectory() as folder:\n"
        "    path = Path(folder, 'secret.xlsx'); path.write_bytes(b'PK'); path.chmod(0)\n"
        "    try: read_grids(path)\n"
        "    except CannotRead as refusal: sys.stdout.buffer.write(str(refusal).encode())\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert "没有读取权限" in done.stdout.decode()


def test_the_lock_file_of_excel_beside_the_workbook_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "~$表.xlsx").write_bytes(b"\x06user")
    assert len(read_grids(book(tmp_path / "表.xlsx", SHEET))) == 1
