"""Whatever a file holds, importing it succeeds or says in one Chinese sentence what is wrong, where and what to do."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jixiao.documents.reading.source_file import read_source
from jixiao.documents.source import CannotImport
from tests.bad_files import ROOT, Parts, book, filled_row, ole_file, pack, sheet_xml, with_central_field
from tests.documents.word_documents import document, document_parts, paragraph, part, row, table
from tests.refusals import Build, assert_one_sentence, cut_short, named_parts, of_bytes, of_changed_parts

BODY = paragraph("正文" * 40)
MAIN = "word/document.xml"


def refusal(path: Path) -> str:
    with pytest.raises(CannotImport) as caught:
        read_source(path)
    return str(caught.value)


def changed(change: Callable[[Parts], object]) -> Build:
    return of_changed_parts(document_parts(BODY), change)


def with_main(content: bytes) -> Build:
    return changed(lambda parts: parts.update({MAIN: content}))


def with_flipped_byte(path: Path) -> Path:
    data = pack(path, document_parts(BODY), zipfile.ZIP_STORED).read_bytes()
    path.write_bytes(data.replace("正文".encode(), "反文".encode(), 1))
    return path


WHOLE = part("document", f"<w:body>{BODY}</w:body>")
ENTITY = b'<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'

REFUSED: dict[str, tuple[str, Build, str]] = {
    "empty": ("空.docx", of_bytes(b""), "空的"),
    "blank": ("空.txt", of_bytes(b" \r\n\t\r\n"), "没有文字"),
    "document without text": ("空.docx", lambda path: document(path, "<w:p/>"), "没有文字"),
    "page without text": ("空.html", of_bytes(b"<html><!-- x --></html>"), "没有文字"),
    "nothing but a mark": ("空.html", of_bytes(b"\xef\xbb\xbf"), "没有文字"),
    "pdf": ("文.pdf", of_bytes(b"%PDF-1.7\n"), "另存为 .docx 文件；若是扫描件"),
    "pdf named docx": ("文.docx", of_bytes(b"%PDF-1.7\n"), "这是 PDF 文件"),
    "picture": ("图.png", of_bytes(b"\x89PNG\r\n\x1a\n"), "图片，其中的文字不能直接读取；请先用文字识别"),
    "archive": ("包.rar", of_bytes(b"Rar!\x1a\x07"), "RAR 压缩包"),
    "workbook": ("表.xlsx", lambda path: book(path, sheet_xml(filled_row(1))), "工作簿不用导入，请直接校验"),
    "binary workbook": ("表.xlsb", named_parts("_rels/.rels", "xl/workbook.bin"), "Excel 工作簿"),
    "old workbook": ("表.xls", lambda path: ole_file(path, "Workbook"), "Excel 工作簿"),
    "slides": ("演.pptx", named_parts("_rels/.rels", "ppt/presentation.xml"), "PowerPoint"),
    "encrypted": ("密.docx", lambda path: ole_file(path, "EncryptionInfo", "EncryptedPackage"), "去掉打开密码"),
    "other container": ("旧.doc", lambda path: ole_file(path, "Contents"), "已损坏"),
    "lock file": ("~$文.docx", of_bytes(b"\x06user" + bytes(160)), "不带“~$”"),
    "web archive": ("页.mht", of_bytes(b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n"), ".mht"),
    "xml of Word 2003": ("旧.xml", of_bytes(b"<?xml version='1.0'?><w:wordDocument/>"), "Word 的 XML 文档"),
    "sheet of OpenDocument": ("表.ods", named_parts("mimetype", "content.xml"), "不是文字文档"),
    "zip": ("包.zip", named_parts("a.txt"), "普通的压缩包"),
    "empty zip": ("包.docx", named_parts(), "普通的压缩包"),
    "binary": ("未知.dat", of_bytes(bytes(range(256)) * 30), "不是文本"),
    "truncated": ("截断.docx", lambda path: cut_short(document(path, BODY)), "不完整"),
    "checksum": ("校验.docx", with_flipped_byte, "已损坏；请用 Word 打开并另存为新的 .docx 文件"),
    "no main part": ("缺.docx", changed(lambda parts: parts.pop(MAIN)), "普通的压缩包"),
    "main part elsewhere": (
        "缺.docx",
        changed(lambda parts: parts.update({"_rels/.rels": parts["_rels/.rels"].replace(b"word/d", b"x/d")})),
        "文档内部缺少 x/document.xml",
    ),
    "no body": ("坏.docx", with_main(part("document", "")), "已损坏"),
    "broken xml": ("坏.docx", with_main(WHOLE[:-9]), "已损坏"),
    "no xml": ("坏.docx", with_main(b"%PDF"), "已损坏"),
    "too deep": ("深.docx", lambda path: document(path, "<w:sdt><w:sdtContent>" * 400), "已损坏"),
    "entities": ("实体.docx", with_main(ENTITY + WHOLE), "DOCTYPE"),
    "entities in the styles": (
        "实体.docx", changed(lambda parts: parts.update({
            "word/styles.xml": ENTITY + part("styles", ""),
            "word/_rels/document.xml.rels": document_parts("", styles="")["word/_rels/document.xml.rels"],
        })), "DOCTYPE",
    ),
    "UTF-16": ("编码.docx", with_main(WHOLE.decode().encode("utf-16")), "UTF-16"),
    "hidden encoding": (
        "编码.docx", with_main(b'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE a+AD4-'), "已损坏",
    ),
    "password of the zip": (
        "密.docx", lambda path: with_central_field(document(path, BODY), MAIN, 8, "<H", 1), "请用 Word 打开，取消密码",
    ),
    "other compression": (
        "压.docx", lambda path: with_central_field(document(path, BODY), MAIN, 10, "<H", 14), "Word 不支持的压缩方式",
    ),
    "declared too long": (
        "炸.docx", lambda path: with_central_field(document(path, BODY), MAIN, 24, "<I", 1 << 31),
        "文档解压后的内容过大",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "build", "said"), REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_be_read_is_refused_with_one_sentence(tmp_path: Path, name: str, build: Build, said: str) -> None:
    assert_one_sentence(refusal(build(tmp_path / name)), name, said)


def test_a_file_that_does_not_exist_a_folder_and_a_pipe_are_refused(tmp_path: Path) -> None:
    assert "文件不存在" in refusal(tmp_path / "没有.docx")
    assert "这是一个文件夹；请选择其中的 .docx 文件" in refusal(tmp_path)
    os.mkfifo(tmp_path / "管道.docx")
    assert "不是普通文件" in refusal(tmp_path / "管道.docx")


PROPERTY = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
PIECES = """
<w:p> </w:p> <w:r> </w:r> <w:t>x</w:t> <w:tbl> </w:tbl> <w:tr> </w:tr> <w:tc> </w:tc> <w:tcPr> </w:tcPr> <w:sdt>
</w:sdt> <w:sdtContent> </w:sdtContent> <w:gridSpan_w:val="-1"/> <w:gridSpan_w:val="99999"/> <w:vMerge/>
<w:vMerge_w:val="restart"/> <w:gridBefore_w:val="3"/> <w:trPr> </w:trPr> <w:pPr> </w:pPr> <w:numPr> </w:numPr>
<w:numId_w:val="1"/> <w:ilvl_w:val="77"/> <w:ins> </w:ins> <w:del> </w:del> <w:drawing> </w:drawing>
<w:txbxContent> </w:txbxContent> <w:footnoteReference/> <w:sym/> <mc:AlternateContent> </mc:AlternateContent>
<w:altChunk/> <m:oMath> </m:oMath> <w:fldChar/> <w:rPr> </w:rPr> <w:vanish/> <!----> <?x?> &x; &#x5143; 文
""".split()  # noqa: SIM905


@PROPERTY
@given(
    pieces=st.lists(st.sampled_from(PIECES), max_size=30),
    other=st.sampled_from(["", "numbering", "styles", "footnotes"]),
)
def test_whatever_the_xml_says_it_is_read_or_refused(tmp_path: Path, pieces: list[str], other: str) -> None:
    closed = balanced(pieces)
    body, others = (BODY, {other: closed}) if other else (BODY + closed, {})
    try:
        read_source(document(tmp_path / "文.docx", body, **others))
    except CannotImport as refused:
        assert str(refused).endswith("。")


def balanced(pieces: list[str]) -> str:
    """With every element closed, so that most are read and not refused for their form."""
    text, open_tags = "", []
    for piece in pieces:
        tag = piece.strip("</>")
        if piece.startswith("</"):
            if tag not in open_tags:
                continue
            while (last := open_tags.pop()) != tag:
                text += f"</{last}>"
        elif piece.startswith("<") and piece[1].isalpha() and not piece.endswith("/>") and "</" not in piece:
            open_tags.append(tag)
        text += piece.replace("_", " ")
    return text + "".join(f"</{tag}>" for tag in reversed(open_tags))


@PROPERTY
@given(data=st.data())
def test_a_document_cut_or_changed_anywhere_is_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    path = document(tmp_path / "文.docx", BODY + table(row("甲", "乙"), row("丙", "丁")))
    content = bytearray(path.read_bytes())
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(0, len(content) - 1)) :]
    else:
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    try:
        read_source(path)
    except CannotImport as refused:
        assert str(refused).startswith("无法读取“文.docx”：")


MEMORY_BYTES = 1200 << 20
SECONDS = 60
CELLS = "<w:tr>" + "<w:tc><w:p/></w:tc>" * 100 + "</w:tr>"
HUGE: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "text of 50 MB": ("大.txt", of_bytes("人员经费年初预算安排\n".encode() * 1_700_000), "超过 24 MB"),
    "page of 50 MB": ("大.html", of_bytes("<p>人员经费年初预算</p>\n".encode() * 1_700_000), "超过 24 MB"),
    "lines without end": ("大.txt", of_bytes(b"1\n" * 3_000_000), "超过 50 万个"),
    "cells without end": ("大.txt", of_bytes(b"\t1" * 3_000_000), "超过 50 万个"),
    "lines of one cell": ("大.txt", of_bytes(b"\t1\n" + b"1\n" * 450_000), ""),
    "quotation marks": ("大.txt", of_bytes(b'1\t"\n' * 200_000), ""),
    "notes without end": ("大.txt", of_bytes(("正" * 30 + "\x07\n").encode() * 200_000), ""),
    "paragraphs without end": (
        "大.docx", lambda path: document(path, "<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 1_000_000), "过多",
    ),
    "cells of a document": ("大.docx", lambda path: document(path, table(CELLS * 6_000)), "超过 50 万个"),
    "elements of a document": ("大.docx", lambda path: document(path, BODY + "<w:r/>" * 4_900_000), ""),
    "spans of a document": (
        "大.docx", lambda path: document(path, table(
            '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="199"/></w:tcPr><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr>' * 9_000
        )), "超过 50 万个",
    ),
    "tables in tables": (
        "深.docx", lambda path: document(path, "<w:tbl><w:tr><w:tc>" * 80 + "</w:tc></w:tr></w:tbl>" * 80), "没有文字",
    ),
    "a stream without end": ("炸.docx", lambda path: document(path, " " * 140_000_000), "过大"),
    "one long text": ("长.docx", lambda path: document(path, paragraph("长" * 9_000_000)), ""),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("name", "build", "said"), HUGE.values(), ids=list(HUGE))
def test_a_huge_document_is_read_or_refused_within_limits(
    tmp_path: Path, name: str, build: Callable[[Path], object], said: str
) -> None:
    path = tmp_path / name
    build(path)

    def held() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))

    code = (
        "import sys; from pathlib import Path\n"
        "from jixiao.documents.reading.source_file import read_source\n"
        "from jixiao.documents.source import CannotImport\n"
        "try: read_source(Path(sys.argv[1]))\n"
        "except CannotImport as refusal: sys.stdout.buffer.write(str(refusal).encode())\n"
    )
    done = subprocess.run([sys.executable, "-c", code, path], cwd=ROOT, capture_output=True, preexec_fn=held)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    assert said in done.stdout.decode() and "内存不足" not in done.stdout.decode()
