"""A real spreadsheet program: LibreOffice opens a file, recalculates and writes it anew."""

from __future__ import annotations

import subprocess
from pathlib import Path

_LIMIT_SECONDS = 120


def converted(path: Path, kind: str, folder: Path) -> Path:
    """The file as `xlsx` or `pdf`, written by LibreOffice on a profile of its own."""
    out = folder / f"as_{kind}"
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind]
    subprocess.run([*command, "--outdir", str(out), str(path)], check=True, capture_output=True, timeout=_LIMIT_SECONDS)
    return out / f"{path.stem}.{kind}"


def page_texts(pdf: Path) -> list[str]:
    """The text of each page."""
    command = ["pdftotext", "-layout", str(pdf), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True, timeout=_LIMIT_SECONDS).stdout
    return text.split("\f")[:-1]
