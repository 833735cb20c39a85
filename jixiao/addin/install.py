"""`jixiao addin install | uninstall | status`: arguments, printing, exit codes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jixiao.addin.places import Places
    from jixiao.addin.plan import Ingredients

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

_DONE, _PROBLEMS = 0, 1
_CALLED_BY_EXCEL = ("udfs.py", "macros.py")


def add_install(commands: Commands) -> None:
    parser = _command(commands, "install", _install, "为当前用户安装 Excel 加载项")
    _dry_run(parser)
    parser.add_argument("--with-python", action="store_true", help="连同正在运行的 Python 一起复制（离线安装用）")
    _dry_run(_command(commands, "uninstall", _uninstall, "卸载 Excel 加载项，撤销安装所做的一切"))
    _command(commands, "status", _status, "查看加载项的安装情况，以及出了问题怎么办")


def _command(
    commands: Commands, name: str, run: Callable[[argparse.Namespace], int], help_text: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=help_text, description=help_text)
    parser.add_argument("--appdata", type=Path, metavar="文件夹", help="把这个文件夹当作用户文件夹，供试装")
    parser.set_defaults(run=run)
    return parser


def _dry_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="只列出要做什么，不做任何改动")


def _install(options: argparse.Namespace) -> int:
    from jixiao.addin.installation import install, plan_installation

    places = _places(options)
    plan = plan_installation(places, _ingredients(places, options.with_python))
    lines = plan.lines()
    if options.dry_run:
        return _say("安装将做以下改动（现在什么也没有改）：", lines)
    install(plan)
    ending = "请启动 Excel：功能区应出现“绩效目标”选项卡。没有出现时运行 jixiao addin status"
    return _say("安装完成，做了以下改动：", [*lines, ending])


def _ingredients(places: Places, with_python: bool) -> Ingredients:
    from jixiao.addin.build import build_addin
    from jixiao.addin.plan import Ingredients
    from jixiao.shipped import shipped

    interpreter = _interpreter()
    return Ingredients(
        {name: shipped(name) for name in _CALLED_BY_EXCEL},
        interpreter,
        lambda path, name, settings: build_addin(path, project_name=name, settings=settings),
        interpreter.parent if with_python and not interpreter.is_relative_to(places.python) else None,
    )


def _uninstall(options: argparse.Namespace) -> int:
    from jixiao.addin.installation import plan_removal, removal_lines, remove
    from jixiao.addin.status import status

    places = _places(options)
    record = plan_removal(places, program=_interpreter())
    if record is None:
        return _say("没有安装，不用卸载", status(places)[0])
    lines = removal_lines(record, places)
    if options.dry_run:
        return _say("卸载将做以下改动（现在什么也没有改）：", lines)
    remove(record, places)
    return _say("卸载完成，做了以下改动（您的工作簿没有动）：", lines)


def _status(options: argparse.Namespace) -> int:
    from jixiao.addin.status import status

    told, problems = status(_places(options))
    _say("\n".join([*told, *problems]), [])
    return _PROBLEMS if problems else _DONE


def _places(options: argparse.Namespace) -> Places:
    from jixiao.addin.places import places_in, places_of_user

    return places_in(options.appdata) if options.appdata else places_of_user()


def _interpreter() -> Path:
    """python.exe even where the program was started by its windowless twin."""
    running = Path(sys.executable)
    return running.with_name("python.exe") if running.name.lower() == "pythonw.exe" else running


def _say(first: str, lines: Iterable[str]) -> int:
    print("\n  ".join([first, *lines]))
    return _DONE
