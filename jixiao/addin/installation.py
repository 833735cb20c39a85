"""Installing the add-in for one user and removing it again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from jixiao import __version__
from jixiao.addin.host import (
    excel_runs,
    need_excel_closed,
    need_interpreter,
    need_libraries,
    need_movable,
    need_own_name,
)
from jixiao.addin.places import CannotInstall, Places
from jixiao.addin.plan import Ingredients, Plan, planned
from jixiao.addin.record import Part, Record, State, digest, read_record
from jixiao.addin.steps import Moves, all_or_nothing, looking, place, remove_empty

Running = Callable[[], bool]


@looking()
def plan_installation(places: Places, ingredients: Ingredients, *, running: Running = excel_runs) -> Plan:
    """What would be done. Raises CannotInstall where the machine is not ready for it; changes nothing."""
    before = read_record(places)
    need_excel_closed(places, running)
    need_own_name(places, before)
    need_interpreter(ingredients.interpreter, places.encoding)
    if ingredients.python:
        need_movable(ingredients.python)
    if places.excel:
        need_libraries(ingredients.interpreter.parent)
    return planned(places, before, ingredients)


def install(plan: Plan) -> None:
    """Do all of it, or raise CannotInstall and leave everything as it was."""
    with all_or_nothing(plan.places.local) as moves:
        place(moves, plan.placements)
        for part in plan.obsolete:
            moves.remove(part.path)
        _write_record(moves, plan)


def _write_record(moves: Moves, plan: Plan) -> None:
    parts = [Part(each.what, each.target, digest(each.target)) for each in plan.placements]
    earlier = plan.before.folders if plan.before else ()
    folders = dict.fromkeys((*earlier, *moves.folders))
    record = Record(__version__, plan.project_name, plan.interpreter, (*parts, *plan.kept), tuple(folders))
    written = moves.aside(plan.places.record.name)
    written.write_bytes(record.as_bytes())
    moves.put(written, plan.places.record)


@looking()
def plan_removal(places: Places, *, program: Path, running: Running = excel_runs) -> Record | None:
    """What is installed and would be removed; None where nothing is. `program` is the interpreter that runs now."""
    record = read_record(places)
    if record is None:
        return None
    need_excel_closed(places, running)
    if places.excel and program.is_relative_to(places.python):
        raise CannotInstall(
            "正在运行的 Python 就是要删除的那一个，它删不掉自己；请运行安装盘里的“卸载.bat”，"
            f"或者关闭 Excel 后直接删除：{'、'.join(str(part.path) for part in record.parts)}、{places.record}"
        )
    return record


def removal_lines(record: Record, places: Places) -> list[str]:
    """Every change on the disk, in order. A file that is no longer ours is left where it is."""
    folders = [f"删除文件夹　{folder}（里面没有别的东西时）" for folder in reversed(record.folders)]
    return [*(_removal_line(part) for part in record.parts), f"删除安装记录　{places.record}", *folders]


def _removal_line(part: Part) -> str:
    if part.state is State.CHANGED:
        return f"保留{part.what}　{part.path}（已不是安装时的内容；不要的话请自己删除）"
    if part.state is State.MISSING:
        return f"已经没有{part.what}　{part.path}"
    return f"删除{part.what}　{part.path}"


def remove(record: Record, places: Places) -> None:
    """Undo the installation, or raise CannotInstall and leave everything as it was."""
    with all_or_nothing(places.local) as moves:
        for part in record.parts:
            if part.state is State.SOUND:
                moves.remove(part.path)
        moves.remove(places.record)
        moves.remove(places.app / "__pycache__")  # if the files there were once run by something other than Excel
    remove_empty(record.folders)
