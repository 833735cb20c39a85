"""Documents of older programs are converted by a real LibreOffice, and by nothing else; without it the user is told."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from jixiao.documents.reading import old_word
from jixiao.documents.reading.source_file import read_source
from jixiao.documents.source import CannotImport
from tests.bad_files import ole_file
from tests.documents.sources import shape
from tests.office import converted


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("old") / "文本.docx"
    document = docx.Document()
    document.add_paragraph("第一部分")
    document.add_paragraph("完成", style="List Number")
    form = document.add_table(3, 3)
    for index, text in enumerate("甲乙丙丁戊己庚辛壬"):
        form.cell(index // 3, index % 3).text = text
    form.cell(0, 1).merge(form.cell(0, 2)).text = "宽"
    form.cell(1, 0).merge(form.cell(2, 0)).text = "高\n两行"
    document.add_paragraph("结束")
    document.save(str(path))
    return path


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["doc", "rtf", "odt"])
def test_an_old_document_reads_as_the_new_one_it_was_made_of(
    written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    made = converted(written, kind, tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    source = read_source(made)
    expected = [["甲", "宽", ""], ["高\n两行", "戊", "己"], ["", "辛", "壬"]]
    assert shape(source) == ["第一部分", "1.完成", expected, "结束"]
    assert "LibreOffice" in source.notes[0].why
    assert list((tmp_path / "temporary").iterdir()) == [] and [path.name for path in made.parent.iterdir()] == [
        made.name
    ]


@pytest.mark.slow
def test_a_damaged_old_document_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotImport, match=r"无法读取“坏\.doc”：.*另存为.*\.docx"):
        read_source(ole_file(tmp_path / "坏.doc", "WordDocument"))


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Another program under LibreOffice's name, the only one to be found."""
    program = folder / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")


def test_without_libreoffice_the_user_is_told_how_to_get_a_docx(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotImport, match=r"没有安装；请用 Word 或 WPS 打开，“文件-另存为”选 \.docx 格式"):
        read_source(ole_file(tmp_path / "旧.doc", "WordDocument"))


def test_a_conversion_that_makes_nothing_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, "exit 1")
    with pytest.raises(CannotImport, match="打不开这个文档"):
        read_source(ole_file(tmp_path / "旧.doc", "WordDocument"))


def test_a_conversion_without_end_is_ended_with_all_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alive = tmp_path / "alive"
    stand_in(tmp_path, monkeypatch, f"(while :; do echo x >> {alive}; sleep 0.05; done) &\nwait")
    monkeypatch.setattr(old_word, "_SECONDS", 0.5)
    with pytest.raises(CannotImport, match="没有等到结果"):
        read_source(ole_file(tmp_path / "旧.doc", "WordDocument"))
    size = alive.stat().st_size
    with pytest.raises(CannotImport, match="没有等到结果"):
        read_source(ole_file(tmp_path / "旧.doc", "WordDocument"))
    assert alive.stat().st_size < 3 * size  # the first one writes no more
