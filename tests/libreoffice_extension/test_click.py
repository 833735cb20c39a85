"""The toolbar on a screen, clicked with the mouse: what a user sees."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from jixiao import __version__
from jixiao.engine.libreoffice import Office, engine
from jixiao.engine.libreoffice.access import properties
from jixiao.sample import real_department
from jixiao.workbook import layout
from jixiao.workbook.layout import Kind
from tests import workbooks
from tests.libreoffice_extension.hosts import Place
from tests.libreoffice_extension.screen import Screen, a_screen, answer_box, box_text, in_full, press, until

pytestmark = pytest.mark.libreoffice


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    with a_screen() as made:
        yield made


@pytest.fixture(scope="module")
def visible(installed: Place, screen: Screen, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A LibreOffice with windows, on a copy of the profile: the one without may run at the same time."""
    profile = tmp_path_factory.mktemp("visible") / "profile"
    shutil.copytree(installed.profile, profile, ignore=shutil.ignore_patterns(".lock"))
    with Office(profile, headless=False, environment=screen.environment) as running:
        yield running
        engine.detach()


@dataclass(frozen=True, slots=True, repr=False)  # to print an object of a LibreOffice that is gone ends the process
class Window:
    """A workbook on the screen, and the mouse."""

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


@pytest.fixture
def window(visible: Office, screen: Screen, tmp_path: Path) -> Iterator[Window]:
    path = workbooks.written(tmp_path, real_department())
    opened = visible.desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, properties())
    in_full(opened, screen)
    yield Window(opened, visible.context, screen)
    opened.close(True)


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
