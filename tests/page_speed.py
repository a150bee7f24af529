"""How soon a course shows and calls its LMS on a slow line and a slow machine, in a real browser."""

from __future__ import annotations

import shutil
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
BYTES_PER_SECOND = 400_000 / 8
ROUND_TRIP = 400
CPU = 4
TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript", ".svg": "image/svg+xml"}
PARENT = """<!doctype html><title>LMS</title><script>
const calls = []
const answers = {GetLastError: '0', ErrorString: '', Diagnostic: '', GetValue: ''}
const record = (name) => (...args) => {
  calls.push([name.replace('LMS', ''), performance.now()])
  return answers[name.replace('LMS', '')] ?? 'true'
}
const api = (prefix, names) => Object.fromEntries(names.map((name) => [prefix + name, record(prefix + name)]))
const rest = ['GetValue', 'SetValue', 'Commit', 'GetLastError', 'GetErrorString', 'GetDiagnostic']
window.API = api('LMS', ['Initialize', 'Finish', ...rest])
window.API_1484_11 = api('', ['Initialize', 'Terminate', ...rest])
function launch() {
  window.begun = performance.now()
  const frame = Object.assign(document.createElement('iframe'), {width: 1000, height: 700})
  document.body.append(Object.assign(frame, {src: '/index.html'}))
}
function times() {
  const inside = frames[0].performance
  const [paint] = inside.getEntriesByName('first-contentful-paint')
  const initialize = calls.find(([name]) => name === 'Initialize')
  if (!paint || !initialize) return null
  const shift = inside.timeOrigin - performance.timeOrigin - begun
  return [(paint.startTime + shift) / 1000, (initialize[1] - begun) / 1000]
}
</script><body>"""


@contextmanager
def server(package: Path) -> Iterator[str]:
    """The package over HTTP without compression, `/lms.html` above it; yields the address."""
    with zipfile.ZipFile(package) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["lms.html"] = PARENT.encode()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = urlsplit(self.path).path.lstrip("/")
            data = files.get(path)
            self.send_response(404 if data is None else 200)
            self.send_header("Content-Type", TYPES.get(Path(path).suffix, "application/octet-stream"))
            self.send_header("Content-Length", str(len(data or b"")))
            self.end_headers()
            with suppress(ConnectionError):  # the browser has seen enough and is gone
                self.wfile.write(data or b"")

        def handle(self) -> None:
            with suppress(ConnectionError):
                super().handle()

        def log_message(self, *_args: object) -> None:
            """Nobody reads it."""

    web = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{web.server_address[1]}"
    finally:
        web.shutdown()
        web.server_close()


def launch(browser: Browser, address: str) -> tuple[float, float]:
    """Seconds from the launch to the first text and to Initialize."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/lms.html")
    session = context.new_cdp_session(page)
    line = {
        "latency": ROUND_TRIP,
        "downloadThroughput": BYTES_PER_SECOND,
        "uploadThroughput": BYTES_PER_SECOND,
    }
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", {"offline": False, **line})
    session.send("Emulation.setCPUThrottlingRate", {"rate": CPU})
    page.evaluate("launch()")
    found = page.wait_for_function("times()", timeout=60_000, polling=100).json_value()
    context.close()
    return found[0], found[1]


def speed(package: Path, runs: int = 3) -> tuple[float, float]:
    """The best of several launches of a package: seconds to the first text, seconds to Initialize."""
    with sync_playwright() as playwright, server(package) as address:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        launch(browser, address)
        times = [launch(browser, address) for _ in range(runs)]
        browser.close()
    return min(first for first, _ in times), min(initialize for _, initialize in times)
