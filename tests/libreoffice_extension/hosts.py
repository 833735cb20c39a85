"""A LibreOffice to install into: a profile of its own, and what the tests need to be root in a container."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jixiao.libreoffice.office import find_suite

_NOBODY = 65534
_UNOPKG = """\
#!/bin/sh
chown -R {user}:{user} '{profile}'
setpriv --reuid={user} --regid={user} --clear-groups env HOME='{profile}' '{real}' "$@"
code=$?
chown -R 0:0 '{profile}'
exit $code
"""

_LIBRARY = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" \
library:readonly="false" library:passwordprotected="false\""""


@dataclass(frozen=True, slots=True)
class Place:
    """A profile of LibreOffice, and the arguments that mean it."""

    profile: Path
    suite: Path

    @property
    def error_log(self) -> Path:
        """What nobody foresaw is written here."""
        return self.profile.parent / "temporary" / "jixiao-error.log"

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "TMPDIR": str(self.error_log.parent)}

    @property
    def options(self) -> list[str]:
        return ["--profile", str(self.profile), "--soffice", str(self.suite)]


@contextmanager
def a_place() -> Iterator[Place]:
    """A profile in which nothing is installed yet; removed in the end."""
    folder = Path(tempfile.mkdtemp(prefix="jixiao-libreoffice-"))
    folder.chmod(0o755)
    try:
        place = Place(folder / "profile", suite_for(folder / "program", folder / "profile"))
        place.profile.mkdir()
        place.error_log.parent.mkdir()
        yield place
    finally:
        shutil.rmtree(folder)


def suite_for(folder: Path, profile: Path) -> Path:
    """The program folder of the machine's LibreOffice; for root one that runs unopkg as somebody else, as it demands.

    Both folders must lie where everybody may look.
    """
    real = find_suite().program
    if os.geteuid():
        return real
    folder.mkdir()
    folder.chmod(0o755)
    for name in ("soffice", "libpyuno.so", "bootstraprc"):
        (folder / name).symlink_to(real / name)
    script = folder / "unopkg"
    script.write_text(_UNOPKG.format(user=_NOBODY, profile=profile, real=real / "unopkg"))
    script.chmod(0o755)
    return folder


def program_folder(folder: Path, *, python: str = "", unopkg: str = "exit 0") -> Path:
    """What looks like the program folder of a LibreOffice, with the Python of that version, or with none."""
    folder.mkdir(parents=True)
    for name, content in (("soffice", "exit 0"), ("unopkg", unopkg)):
        (folder / name).write_text(f"#!/bin/sh\n{content}\n")
        (folder / name).chmod(0o755)
    if python:
        (folder / f"python-core-{python}").mkdir()
    return folder


def blank_profile(folder: Path, *modules: str) -> Path:
    """A profile after the first start, as far as the installer looks at it; with these modules of the user's own."""
    library = folder / "user" / "basic" / "Standard"
    library.mkdir(parents=True)
    for module in modules:
        (library / f"{module}.xba").write_text("")
    listed = "".join(f' <library:element library:name="{module}"/>\n' for module in modules)
    end = f">\n{listed}</library:library>" if listed else "/>"
    (library / "script.xlb").write_text(_LIBRARY + end)
    return folder
