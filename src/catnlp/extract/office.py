"""Older office documents, converted by LibreOffice where it is installed."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from catnlp.errors import InputError
from catnlp.extract.docx import read_docx
from catnlp.extract.draft import Draft

SECONDS = 180
SAVE_AS = "save it as DOCX, PDF or text"
HINT = (
    "install LibreOffice (Debian: apt install libreoffice-writer-nogui) and run again, "
    f"or {SAVE_AS}"
)
# No macro runs, and nothing that a document refers to is fetched.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def libreoffice() -> str:
    """The program; empty where it is not on the path."""
    return shutil.which("soffice") or shutil.which("libreoffice") or ""


def read_office(path: Path) -> Iterator[Draft]:
    if not libreoffice():
        raise InputError(
            f"{path}: an older office document (.doc, .odt), which needs LibreOffice; {HINT}"
        )
    with TemporaryDirectory(prefix="catnlp-") as folder:
        made = _converted(path, Path(folder))
        try:
            drafts = list(read_docx(made))
        except InputError as error:
            raise InputError(str(error).replace(str(made), str(path))) from error
    yield from drafts


def _converted(path: Path, folder: Path) -> Path:
    """A DOCX made by an instance with a profile of its own."""
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
    source = folder / "in" / "document"
    source.parent.mkdir()
    shutil.copyfile(path, source)
    command = [
        libreoffice(), "--headless", "--norestore", "--nolockcheck",
        f"-env:UserInstallation={profile.parent.as_uri()}",
        "--convert-to", "docx", "--outdir", str(folder), str(source),
    ]  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise InputError(f"{path}: LibreOffice failed to read it ({error}); {SAVE_AS}") from error
    made = folder / "document.docx"
    if not made.exists():
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = said[-1] if said else "it said nothing"
        raise InputError(f"{path}: LibreOffice could not read it ({reason}); {SAVE_AS}")
    return made
