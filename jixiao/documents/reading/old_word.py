"""Documents of older and other programs (.doc, .wps, .rtf, .odt), converted by LibreOffice if it is installed.

LibreOffice gets a copy in a folder of its own and a profile of its own: it runs no macro, follows no link, and touches
neither the user's file nor the user's settings.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from jixiao.documents.reading.word_file import read_word
from jixiao.documents.source import Note, Source
from jixiao.openxml.refused import Refused

_SECONDS = 60
_RESAVE = "请用 Word 或 WPS 打开，“文件-另存为”选 .docx 格式，再导入"
_CONVERTED = Note("全文", "（旧格式）", "由 LibreOffice 转换成 .docx 后读入，位置按转换后的文档计")
_NAMES = ("soffice", "libreoffice")
_FOLDERS = (
    "C:/Program Files/LibreOffice/program",
    "C:/Program Files (x86)/LibreOffice/program",
    "/Applications/LibreOffice.app/Contents/MacOS",
    "/opt/libreoffice/program",
)
_SETTINGS = {
    ("Office.Common/Security/Scripting", "MacroSecurityLevel"): "3",
    ("Office.Common/Security/Scripting", "DisableMacrosExecution"): "true",
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks"): "true",
    ("Office.Writer/Content/Update", "Link"): "2",  # never
}


def read_old(content: bytes) -> Source:
    """Raises Refused without LibreOffice, and where it cannot convert the document in time."""
    program = office_program()
    if program is None:
        raise Refused("这是旧版 Word 或其他文字软件的格式，需要 LibreOffice 才能直接读取，本机没有安装", _RESAVE)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        with _converted(program, content, Path(folder)).open("rb") as file:
            source = read_word(file)
        return replace(source, notes=(_CONVERTED, *source.notes))


def office_program() -> str | None:
    """The path of LibreOffice; None if it is not installed."""
    return next(_programs(), None)


def _programs() -> Iterator[str]:
    for folder in (None, *_FOLDERS):
        for name in _NAMES:
            found = shutil.which(name, path=folder)
            if found is not None:
                yield found


def _converted(program: str, content: bytes, folder: Path) -> Path:
    source = folder / "document.bin"  # its kind is told by its content
    source.write_bytes(content)
    _write_settings(folder / "profile" / "user")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    options = ["--headless", "--norestore", "--nolockcheck", "--nodefault", "--convert-to", "docx:MS Word 2007 XML"]
    _run([program, profile, *options, "--outdir", str(folder / "out"), str(source)])
    made = folder / "out" / "document.docx"
    if not made.is_file():
        raise Refused("LibreOffice 打不开这个文档，它可能已损坏，或本机没有装 LibreOffice Writer", _RESAVE)
    return made


def _write_settings(folder: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for (path, name), value in _SETTINGS.items()
    )
    text = f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
    folder.mkdir(parents=True)
    (folder / "registrymodifications.xcu").write_text(text, encoding="utf-8")


def _run(command: list[str]) -> None:
    """With everything it starts ended at the time limit: the program found is often a mere starter of another."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        raise Refused(f"LibreOffice 转换这个文档超过 {_SECONDS} 秒，没有等到结果", _RESAVE) from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        if os.name == "nt":
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)
        else:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
