"""Packages of other vendors: they are played, and reach nothing but the rehearsal's own server."""

from __future__ import annotations

import asyncio
import io
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from coursepack.rehearsal import server
from rehearsal.playing import rehearse

PAGE = """<!doctype html><title>x</title><img src="gone.png" alt="">
<script>
parent.API.LMSInitialize('')
parent.API.LMSSetValue('cmi.core.lesson_status', 'nonsense')
</script>
"""
MANIFEST = """<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>t</title>
<item identifier="i" identifierref="r"><title>t</title></item></organization></organizations>
<resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="a.html">
<file href="a.html"/></resource></resources></manifest>
"""


@pytest.mark.browser
@pytest.mark.thorough
def test_another_vendors_page_is_opened_and_left() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("imsmanifest.xml", MANIFEST)
        archive.writestr("a.html", PAGE)
    found = rehearse(made.getvalue(), names=("opens",))
    assert [one.learner for one in found.runs] == ["opens", "opens"]
    told = "\n".join(found.runs[0].findings)
    assert "was refused: error 405" in told and "never ended its session" in told
    assert "404 (Not Found): gone.png" in told


CURIOUS = """<!doctype html><title>x</title>
<script>
parent.API.LMSInitialize('')
const told = []
const ask = (where) => fetch(where, { mode: 'no-cors' }).then(() => told.push(where), () => {})
Promise.all([ask('%s'), ask('http://localhost:%d/'), ask('https://example.org/'), ask('/../../etc/passwd')])
  .then(() => { parent.API.LMSSetValue('cmi.core.lesson_location', 'reached ' + told.length) })
onpagehide = () => parent.API.LMSFinish('')
</script>
"""


@pytest.mark.browser
def test_a_page_reaches_nothing_but_the_rehearsal() -> None:
    """A server of this machine hears nothing; the one answer is the rehearsal's own 404."""
    heard: list[str] = []

    class Ear(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_error(404)

    made = io.BytesIO()
    with ThreadingHTTPServer(("127.0.0.1", 0), Ear) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        port = other.server_port
        with zipfile.ZipFile(made, "w") as archive:
            archive.writestr("imsmanifest.xml", MANIFEST)
            archive.writestr("a.html", CURIOUS % (f"http://127.0.0.1:{port}/", port))
        found = rehearse(made.getvalue(), names=("opens",))
        other.shutdown()
    assert heard == []
    assert found.runs[0].summary and found.runs[0].summary["location"] == "reached 1"


def test_the_server_answers_to_its_own_name_alone() -> None:
    async def ask(host: str, path: str) -> int:
        async with server.serving(server.House(())) as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
            status = int((await reader.read()).split()[1])
            writer.close()
            return status

    for host, path, status in [
        (server.HOST, "/", 200),
        (server.HOST, "/rehearsal/stage.js", 200),
        (server.HOST, "/rehearsal/run.py", 404),
        (server.HOST, "/package/x/../../etc/passwd", 404),
        ("localhost", "/", 421),
        ("evil.example", "/lms.js", 421),
    ]:
        with ThreadPoolExecutor(1) as thread:
            assert thread.submit(lambda: asyncio.run(ask(host, path))).result() == status, (host, path)  # noqa: B023
