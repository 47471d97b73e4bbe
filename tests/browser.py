"""A headless Chromium, driven over a pipe by its DevTools protocol; no package is needed."""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome", "chrome")
     if (path := shutil.which(name))), None,
)  # fmt: skip
OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--window-size=1200,900", "--remote-debugging-pipe",
)  # fmt: skip
NAMED = {"Enter": ("\r", 13), "Escape": ("", 27), "Tab": ("", 9), "ArrowDown": ("", 40),
         "Home": ("", 36), "End": ("", 35)}  # fmt: skip


class Browser:
    """One page. Keys are pressed as a person does it; everything else is looking."""

    def __enter__(self) -> Self:
        if CHROMIUM is None:
            raise FileNotFoundError("no Chromium on this machine")
        self._profile = tempfile.mkdtemp(prefix="chromium-")
        theirs_in, self._out = os.pipe()
        self._in, theirs_out = os.pipe()
        command = f'exec "$@" 3<&{theirs_in} 4>&{theirs_out}'
        self._process = subprocess.Popen(
            ["bash", "-c", command, "sh", CHROMIUM, *OPTIONS, f"--user-data-dir={self._profile}"],
            pass_fds=(theirs_in, theirs_out),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self._number, self._rest, self._session = 0, b"", ""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._process.kill()
        self._process.wait()
        os.close(self._in)
        os.close(self._out)
        shutil.rmtree(self._profile, ignore_errors=True)

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = json.loads(self._read())
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                result: dict[str, Any] = answer["result"]
                return result

    def _read(self) -> bytes:
        while b"\0" not in self._rest:
            piece = os.read(self._in, 65536)
            if not piece:
                raise EOFError("Chromium is gone")
            self._rest += piece
        message, _, self._rest = self._rest.partition(b"\0")
        return message

    def open(self, url: str) -> None:
        self.look("window.here = true")
        self.call("Page.navigate", url=url)
        self._settle(lambda: not self.look("window.here"))

    def look(self, expression: str) -> Any:
        """The value of an expression in the page."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        return result["result"].get("value")

    def press(self, *keys: str) -> None:
        """Keys that stay on the page."""
        for key in keys:
            text, code = NAMED.get(key, (key, ord(key.upper()[0])))
            common = {"key": key, "windowsVirtualKeyCode": code}
            kind = "keyDown" if text else "rawKeyDown"
            self.call("Input.dispatchKeyEvent", type=kind, text=text, **common)
            self.call("Input.dispatchKeyEvent", type="keyUp", **common)

    def write(self, text: str) -> None:
        self.call("Input.insertText", text=text)

    def go(self, key: str) -> None:
        """A key that leads to another page."""
        self.look("window.here = true")
        self.press(key)
        self._settle(lambda: not self.look("window.here"))

    def _settle(self, moved: Any) -> None:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                if moved() and self.look("document.readyState") == "complete":
                    return
            except RuntimeError:
                pass  # between two pages there is nothing to look at
            time.sleep(0.01)
        raise TimeoutError("the page did not change within 20 s")

    def picture(self, path: Path) -> None:
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True)["data"]
        path.write_bytes(base64.b64decode(data))
