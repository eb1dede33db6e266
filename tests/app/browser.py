"""Chromium without a window, driven over its debugging pipe: what a reader of a report would do, and what they would see.

Chrome DevTools Protocol: https://chromedevtools.github.io/devtools-protocol/
"""

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

BROWSER = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


class Browser:
    """One page in one browser; a context manager. `console` holds every message and exception of the page."""

    def __init__(self, width=1400, height=900, dark=False):
        self.console = []
        self._events, self._next, self._rest = [], 0, b""
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        from_us, self._out = os.pipe()
        self._in, to_us = os.pipe()
        self._process = subprocess.Popen(
            ["/bin/sh", "-c", f'exec "$@" 3<&{from_us} 4>&{to_us}', "sh", BROWSER, "--headless=new", "--no-sandbox",
             "--disable-gpu", "--remote-debugging-pipe", f"--user-data-dir={self._profile.name}", "--no-first-run",
             "about:blank"], pass_fds=(from_us, to_us), stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(from_us)
        os.close(to_us)
        page = self._until(lambda: next((target for target in self._browser("Target.getTargets")["targetInfos"]
                                         if target["type"] == "page"), None))
        self._session = self._browser("Target.attachToTarget", targetId=page["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.send(f"{domain}.enable")
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.send("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce"}])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self._out)
        self._process.kill()
        self._process.wait()
        os.close(self._in)
        self._profile.cleanup()

    def open(self, url):
        """Loads a page; the seconds from the call to the end of the page's load event and of its first frames."""
        self._events.clear()
        began = time.monotonic()
        self.send("Page.navigate", url=url)
        while "Page.loadEventFired" not in self._events:
            self._read(1)
        self.settle()
        return time.monotonic() - began

    def settle(self):
        """Waits until two frames have been drawn."""
        self.run("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def run(self, script):
        """The value of an expression of JavaScript; waits for a promise."""
        answer = self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"])
        return answer["result"].get("value")

    def wait_for(self, script):
        """Waits until an expression is true, and returns it."""
        return self._until(lambda: self.run(script))

    def point(self, x, y):
        """Moves the mouse there, in pixels of the window."""
        for dx in (-3, 0):
            self.send("Input.dispatchMouseEvent", type="mouseMoved", x=x + dx, y=y)

    def wheel(self, x, y, turn, ctrl=False):
        self.send("Input.dispatchMouseEvent", type="mouseWheel", x=x, y=y, deltaX=0, deltaY=turn, modifiers=2 if ctrl else 0)

    def key(self, name, text=None):
        """Presses and lets go a key by its DOM name, such as Tab or Enter."""
        codes = {"Tab": 9, "Enter": 13, "Escape": 27, "ArrowDown": 40, "ArrowUp": 38, " ": 32}
        about = {"key": name, "code": name, "windowsVirtualKeyCode": codes.get(name, 0)}
        text = text or {"Enter": "\r", " ": " "}.get(name)
        self.send("Input.dispatchKeyEvent", type="keyDown", **about, **({"text": text} if text else {}))
        self.send("Input.dispatchKeyEvent", type="keyUp", **about)

    def type(self, text):
        self.send("Input.insertText", text=text)

    def picture(self, path, whole=False):
        shot = self.send("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        with open(path, "wb") as file:
            file.write(base64.b64decode(shot["data"]))

    def send(self, method, **params):
        """The page's answer to a command of the protocol."""
        return self._call({"method": method, "params": params, "sessionId": self._session})

    def _browser(self, method, **params):
        return self._call({"method": method, "params": params})

    def _call(self, message):
        self._next += 1
        os.write(self._out, json.dumps(message | {"id": self._next}).encode() + b"\0")
        answer = self._until(lambda: next((a for a in self._read(1) if a.get("id") == self._next), None))
        if "error" in answer:
            raise RuntimeError(f"{message['method']}: {answer['error']['message']}")
        return answer["result"]

    def _read(self, seconds):
        """What has come by then: answers. Events are kept in `_events`, messages of the page in `console`."""
        if not select.select([self._in], [], [], seconds)[0]:
            return []
        *whole, self._rest = (self._rest + os.read(self._in, 1 << 20)).split(b"\0")
        answers = [json.loads(part) for part in whole]
        for answer in answers:
            event, params = answer.get("method"), answer.get("params", {})
            self._events.append(event)
            if event == "Runtime.consoleAPICalled":
                self.console.append(" ".join(str(arg.get("value", arg.get("description"))) for arg in params["args"]))
            elif event == "Runtime.exceptionThrown":
                self.console.append(params["exceptionDetails"].get("exception", {}).get("description", "exception"))
            elif event == "Log.entryAdded":
                self.console.append(params["entry"]["text"])
        return answers

    def _until(self, met, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = met()
            if found:
                return found
        raise TimeoutError("the browser did not get there")
