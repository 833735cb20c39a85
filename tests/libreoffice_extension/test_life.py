"""An installation from the first day to the last, with the machine's own LibreOffice."""

from __future__ import annotations

import pytest

from jixiao import __version__
from jixiao.cli import main
from jixiao.engine.libreoffice import Office
from jixiao.libreoffice.profile import Profile
from tests.libreoffice_extension.hosts import a_place

pytestmark = pytest.mark.libreoffice


def test_installed_used_replaced_and_removed(capsys: pytest.CaptureFixture[str]) -> None:
    with a_place() as place:

        def run(command: str) -> tuple[int, str]:
            code = main(["libreoffice", command, *place.options])
            told = capsys.readouterr()
            return code, (told.out + told.err).removeprefix("jixiao：")

        assert run("status")[0] == 2
        code, text = run("install")
        assert code == 0 and text.startswith(f"已安装绩效助手 {__version__}；请启动 LibreOffice Calc")
        own = Profile(place.profile, False)
        with Office(place.profile):
            assert own.in_use()
            assert (
                run("install") == run("uninstall") == (2, "LibreOffice 正在运行；请保存并关闭它的所有窗口，再试一次\n")
            )
        assert not own.in_use()
        assert run("install")[0] == 0
        code, text = run("status")
        assert code == 0 and text.startswith(f"已安装绩效助手 {__version__}，正常　")
        assert run("uninstall") == (0, "已从 LibreOffice 卸载绩效助手；工作簿没有动\n")
        assert not own.module.exists() and "JXFunctions" not in own.index.read_text("utf-8")
        assert run("status")[1].startswith("LibreOffice 里没有安装绩效助手")
