"""How an installation stands, part by part, and what to do about what is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao import __version__
from jixiao.addin.places import Places
from jixiao.addin.record import Record, State, read_record
from jixiao.addin.steps import looking

_AGAIN = "请重新安装（运行 安装.bat，或 jixiao addin install）"


@looking()
def status(places: Places) -> tuple[list[str], list[str]]:
    """What is there, and what is wrong with it: lines for the user. Nothing wrong: the second list is empty."""
    record = read_record(places)
    if record is None:
        return _foreign(places), ["没有安装加载项；安装请运行 安装.bat，或 jixiao addin install"]
    parts = [f"{part.what}：{part.state.value}　{part.path}" for part in record.parts]
    there = "正常" if record.interpreter.exists() else State.MISSING.value
    interpreter = f"运行用的 Python：{there}　{record.interpreter}"
    told = [f"已安装绩效助手加载项，版本 {record.version}", *parts, interpreter]
    return told, list(_problems(record, places))


def _foreign(places: Places) -> list[str]:
    found = [path for path in (places.addin, places.addin_elsewhere) if path.exists()]
    return [f"有同名的加载项，不是本程序装的：{path}" for path in found]


def _problems(record: Record, places: Places) -> Iterator[str]:
    if record.version != __version__:
        yield f"加载项是 {record.version} 版，本程序是 {__version__} 版；{_AGAIN}"
    if not record.interpreter.exists():
        yield (
            f"找不到 Python：{record.interpreter}；Excel 里的按钮和函数都不能用，工作簿里的公式会显示备用结果。"
            f"请把 Python 放回这个位置；如果它已换了位置或被删除，{_AGAIN}"
        )
    for part in record.parts:
        if part.state is State.MISSING:
            yield f"找不到{part.what} {part.path}；可能被删除或被杀毒软件隔离，{_AGAIN}"
        elif part.state is State.CHANGED and part.path == places.addin:
            yield f"{part.what} {part.path} 已不是安装时的内容；请先把它移走，再重新安装"
        elif part.state is State.CHANGED:
            yield f"{part.what} {part.path} 已不是安装时的内容；{_AGAIN}"
