"""The toolbar on a screen, clicked with the mouse: what a user sees."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
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


@pytest.fixture
def document(visible: Office, screen: Screen, tmp_path: Path) -> Iterator[Any]:
    path = workbooks.written(tmp_path, real_department())
    opened = visible.desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, properties())
    in_full(opened, screen)
    yield opened
    opened.close(True)


def active(document: Any) -> str:
    return str(document.CurrentController.ActiveSheet.Name)


def shown(document: Any, sheet: str, cell: str) -> str:
    return str(document.Sheets.getByName(sheet).getCellRangeByName(cell).String)


def test_a_click_on_the_toolbar_fills_the_findings_and_the_summary(
    document: Any, screen: Screen, tmp_path: Path
) -> None:
    empty = screen.picture()
    press(screen, document, "校验全部")
    until(lambda: active(document) == Kind.FINDINGS)
    validated = screen.picture()
    press(screen, document, "生成汇总")
    until(lambda: active(document) == Kind.SUMMARY)
    summed = screen.picture()
    assert shown(document, Kind.FINDINGS, "A2").startswith("错误 6 个")
    assert shown(document, Kind.FINDINGS, f"C{layout.FINDINGS_HEADER_ROW + 1}").startswith("JX")
    assert "JX503" in shown(document, "人大专项工作经费", "I17")
    assert (shown(document, Kind.SUMMARY, "D33"), shown(document, Kind.SUMMARY, "E33")) == ("合计", "7,015,904.46")
    pictures = {"empty": empty, "validated": validated, "summed": summed}
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
def test_a_message_is_shown_in_a_box(document: Any, visible: Office, screen: Screen, label: str, said: str) -> None:
    press(screen, document, label)
    text = until(lambda: box_text(visible.context))
    answer_box(screen, visible.context)
    assert said in text


def test_an_error_is_told_with_its_cause_and_the_program_lives_on(
    document: Any, visible: Office, screen: Screen
) -> None:
    document.Sheets.getByName(Kind.FINDINGS).protect("秘密")
    press(screen, document, "校验全部")
    text = until(lambda: box_text(visible.context))
    answer_box(screen, visible.context)
    assert f"工作表“{Kind.FINDINGS}”受保护" in text
    document.Sheets.getByName(Kind.FINDINGS).unprotect("秘密")
    press(screen, document, "校验全部")
    until(lambda: active(document) == Kind.FINDINGS)
