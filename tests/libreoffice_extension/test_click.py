"""The toolbar on a screen, clicked with the mouse: what a user sees."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from jixiao import __version__, shipped
from jixiao.addin.sources import read_sources
from jixiao.engine.libreoffice import Office, engine
from jixiao.engine.libreoffice.access import properties
from jixiao.exporting import export_file
from jixiao.sample import real_department
from jixiao.workbook import layout
from jixiao.workbook.layout import Kind
from tests import workbooks
from tests.libreoffice_extension.commands import dispatch
from tests.libreoffice_extension.hosts import Place
from tests.libreoffice_extension.lxml_there import without_lxml
from tests.libreoffice_extension.picker import FileDialog
from tests.libreoffice_extension.screen import Screen, a_screen, answer_box, box_text, in_full, press, until

PUBLISHED = Path(shipped.__file__).parent / "sample" / "yutian-2024.txt"

pytestmark = pytest.mark.libreoffice


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    with a_screen() as made:
        yield made


@pytest.fixture(scope="module")
def visible(installed: Place, screen: Screen, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A LibreOffice with windows, and without lxml; on a copy of the profile, since the other one may still run."""
    profile = tmp_path_factory.mktemp("visible") / "profile"
    shutil.copytree(installed.profile, profile, ignore=shutil.ignore_patterns(".lock"))
    environment = without_lxml(screen.environment, tmp_path_factory.mktemp("lxml"))
    with Office(profile, headless=False, environment=environment) as running:
        yield running
        engine.detach()


@dataclass(frozen=True, slots=True, repr=False)  # to print an object of a LibreOffice that is gone ends the process
class Window:
    """A workbook on the screen, and the mouse."""

    path: Path
    document: Any
    context: Any
    screen: Screen

    @property
    def active(self) -> str:
        return str(self.document.CurrentController.ActiveSheet.Name)

    def shown(self, sheet: str, cell: str) -> str:
        return str(self.document.Sheets.getByName(sheet).getCellRangeByName(cell).String)

    def press(self, label: str) -> None:
        press(self.screen, self.document, label)

    def wait_for(self, sheet: str) -> None:
        until(lambda: self.active == sheet)

    def message(self) -> str:
        """What the box says that has appeared; it is gone afterwards."""
        text = str(until(lambda: box_text(self.context)))
        answer_box(self.screen, self.context)
        return text

    def dialog(self, title: str) -> FileDialog:
        """The dialog for files that has appeared."""
        dialog = FileDialog(self.screen, self.context, read_sources().texts[title])
        dialog.appear()
        return dialog

    def told_by(self, macro: str, path: Path | str) -> str:
        """What the command says with a file; it does not end before the box is answered."""
        asking = threading.Thread(target=dispatch, args=(self.document, macro, path))
        asking.start()
        text = self.message()
        asking.join()
        return text

    def files(self) -> set[str]:
        return {path.name for path in self.path.parent.iterdir() if not path.name.startswith(".~lock")}


@pytest.fixture
def window(visible: Office, screen: Screen, tmp_path: Path) -> Iterator[Window]:
    path = workbooks.written(tmp_path, real_department())
    opened = visible.desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, properties())
    in_full(opened, screen)
    opened.setModified(False)
    yield Window(path, opened, visible.context, screen)
    for component in [*visible.desktop.Components]:
        component.close(True)


def test_a_click_on_the_toolbar_fills_the_findings_and_the_summary(window: Window, tmp_path: Path) -> None:
    pictures = {"empty": window.screen.picture()}
    window.press("校验全部")
    window.wait_for(Kind.FINDINGS)
    pictures["validated"] = window.screen.picture()
    window.press("生成汇总")
    window.wait_for(Kind.SUMMARY)
    pictures["summed"] = window.screen.picture()
    assert window.shown(Kind.FINDINGS, "A2").startswith("错误 6 个")
    assert window.shown(Kind.FINDINGS, f"C{layout.FINDINGS_HEADER_ROW + 1}").startswith("JX")
    assert "JX503" in window.shown("人大专项工作经费", "I17")
    assert (window.shown(Kind.SUMMARY, "D33"), window.shown(Kind.SUMMARY, "E33")) == ("合计", "7,015,904.46")
    for name, picture in pictures.items():
        (tmp_path / f"{name}.png").write_bytes(picture)
    assert len(set(pictures.values())) == len(pictures)


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("关于", f"绩效助手 {__version__}\n"),
        ("诊断", "没有发现缺少的文件和组件"),
        ("规则说明", "选中的这一行没有校验出的问题"),
        ("规范指标值", "289份 → ＝289份"),
    ],
)
def test_a_message_is_shown_in_a_box(window: Window, label: str, said: str) -> None:
    window.press(label)
    assert said in window.message()


def test_an_error_is_told_with_its_cause_and_the_program_lives_on(window: Window) -> None:
    findings = window.document.Sheets.getByName(Kind.FINDINGS)
    findings.protect("秘密")
    window.press("校验全部")
    assert f"工作表“{Kind.FINDINGS}”受保护" in window.message()
    findings.unprotect("秘密")
    window.press("校验全部")
    window.wait_for(Kind.FINDINGS)


# files


@pytest.mark.parametrize(("label", "title"), [("导出文本", "export_title"), ("导入文档", "import_title")])
def test_a_file_is_asked_for_and_cancelled_nothing_happens(
    window: Window, tmp_path: Path, label: str, title: str
) -> None:
    before = window.screen.picture()
    window.press(label)
    dialog = window.dialog(title)
    shown = window.screen.picture()
    dialog.cancel()
    (tmp_path / f"{label}.png").write_bytes(shown)
    assert shown != before
    assert window.files() == {"book.xlsx", f"{label}.png"} and not window.document.isModified()
    window.press("关于")
    assert window.message().startswith("绩效助手")


def test_an_export_goes_where_the_dialog_says_and_gets_the_ending_of_its_type(window: Window) -> None:
    for name, made in (("", "部门预算绩效文本.docx"), ("other", "other.docx")):
        window.press("导出文本")
        window.dialog("export_title").accept(name)
        assert window.message() == f"已生成：{window.path.with_name(made)}"
    assert window.files() == {"book.xlsx", "部门预算绩效文本.docx", "other.docx"}
    assert not window.document.isModified()


def test_a_document_chosen_in_the_dialog_is_imported_and_opened(window: Window, tmp_path: Path) -> None:
    shutil.copy(PUBLISHED, tmp_path / "2023.txt")
    window.press("导入文档")
    window.dialog("import_title").accept("2023.txt")
    told = window.message().splitlines()
    assert told[0].startswith("玉田县人民代表大会常务委员会本级（2024年）：7 个项目，58 个指标")
    assert told[2:] == [f"已新建并打开：{tmp_path / '2023.xlsx'}", "请看一遍“导入记录”，再点“校验全部”。"]
    assert not window.document.isModified()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("word.docx", None, "无法读取“word.docx”：读取 Word 文档和网页要用组件 lxml，这里的 Python 没有；请管理员安装"),
        ("page.html", "<html><p>项目".encode(), "无法读取“page.html”：读取 Word 文档和网页要用组件 lxml"),
        ("scanned.docx", b"%PDF-1.7\n", "无法读取“scanned.docx”：这是 PDF 文件；"),
        ("note.txt", "关于召开会议的通知".encode(), "没有识别到项目绩效目标表"),
    ],
)
def test_a_document_that_cannot_be_read_is_refused_in_a_sentence(
    window: Window, tmp_path: Path, name: str, content: bytes | None, told: str
) -> None:
    if content is None:
        export_file(window.path, tmp_path / name)
    else:
        (tmp_path / name).write_bytes(content)
    assert window.told_by("import_document", tmp_path / name).startswith(told)
    assert window.files() == {"book.xlsx", name} and not window.document.isModified()


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("https://example.org/a.docx", "“https://example.org/a.docx”不是本机的文件；请先把文件放到本机的文件夹里"),
        ("book.xlsx", "book.xlsx 正打开着，不能覆盖；请换一个文件名"),
        ("text.pdf", "绩效文本的文件名应以 .docx 或 .txt 结尾，现在是 text.pdf"),
    ],
)
def test_a_place_that_takes_no_text_is_told(window: Window, tmp_path: Path, place: str, told: str) -> None:
    assert window.told_by("export_document", place if ":" in place else tmp_path / place).startswith(told)
    assert window.files() == {"book.xlsx"} and not window.document.isModified()
