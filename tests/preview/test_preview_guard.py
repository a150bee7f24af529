"""Hostile requests against a running preview: other sites, other names, other files, too much of anything."""

from __future__ import annotations

import http.client
import json
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Start = Callable[..., Any]


@pytest.fixture
def running(preview: Start, course: Path) -> Any:
    return preview(course)


def ask(
    running: Any, path: str, method: str = "GET", body: bytes | None = None, **headers: str
) -> tuple[int, bytes, dict[str, str]]:
    """One request with the path as it is; header names with `_` for `-`."""
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=30)
    try:
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        given = {"Host": f"127.0.0.1:{running.port}", **{k.replace("_", "-"): v for k, v in headers.items()}}
        if body is not None:
            given.setdefault("Content-Length", str(len(body)))
        for name, value in given.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        return answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()}
    finally:
        connection.close()


def shown(running: Any) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(ask(running, "/show")[1])
    return data


def test_it_listens_on_this_machine_alone(running: Any) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as other:
        other.bind(("127.0.0.2", running.port))


def test_only_its_own_names_are_answered(running: Any) -> None:
    for host in ("127.0.0.1", "localhost", "[::1]", "LOCALHOST"):
        assert ask(running, "/", Host=f"{host}:{running.port}")[0] == 200, host
    evil = [
        "evil.example",
        f"evil.example:{running.port}",
        "127.0.0.1",
        "",
        f"127.0.0.1.evil.example:{running.port}",
    ]
    for host in [*evil, f"127.0.0.1:{running.port + 1}"]:
        for path in ("/", "/show", "/feed", "/assets/preview.js"):
            status, body, _ = ask(running, path, Host=host)
            assert (status, b"Seen before" in body) == (421 if host else status, False), (host, path)
            assert status >= 400


def test_requests_of_other_sites_are_refused(running: Any) -> None:
    own = f"http://127.0.0.1:{running.port}"
    assert ask(running, "/show", Origin=own)[0] == 200
    for origin in ("https://evil.example", "null", f"http://localhost:{running.port}", f"{own}.evil.example"):
        for path in ("/", "/show", "/feed", shown(running)["targets"][0]["base"] + "index.html"):
            assert ask(running, path, Origin=origin)[0] == 403, (origin, path)
    for site in ("cross-site", "same-site"):
        assert ask(running, "/show", Sec_Fetch_Site=site, Sec_Fetch_Mode="no-cors")[0] == 403
        assert (
            ask(running, "/", Sec_Fetch_Site=site, Sec_Fetch_Mode="navigate", Sec_Fetch_Dest="iframe")[0]
            == 403
        )
        link = ask(running, "/", Sec_Fetch_Site=site, Sec_Fetch_Mode="navigate", Sec_Fetch_Dest="document")
        assert link[0] == 200
    headers = ask(running, "/")[2]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "BREW"])
def test_nothing_can_be_written(running: Any, method: str) -> None:
    base = shown(running)["targets"][0]["base"]
    for path in ("/", "/show", "/assets/preview.js", f"{base}index.html"):
        assert ask(running, path, method)[0] in (400, 405), path


def test_nothing_outside_of_the_package_is_served(running: Any, course: Path) -> None:
    base = shown(running)["targets"][0]["base"]
    assert ask(running, f"{base}index.html")[0] == 200
    (course / "secret.txt").write_text("a secret beside the course", "utf-8")
    names = [
        "../../show", "..%2f..%2fshow", "%2e%2e/%2e%2e/course.yaml", "../course.yaml", "....//course.yaml",
        "/etc/passwd", "//etc/passwd", "%2fetc%2fpasswd", "..\\..\\course.yaml", "..%5c..%5ccourse.yaml",
        "course.yaml", "secret.txt", "steps", "", ".", "index.html/", "index.html%00.js",
        "index.html/../index.html",
        "C:/Windows/win.ini", "file:///etc/passwd",
    ]  # fmt: skip
    for name in names:
        for root in (base, "/assets/", "/package/", "/"):
            status, body, _ = ask(running, root + name)
            assert b"secret" not in body and b"root:" not in body, root + name
            allowed = (root, name) in {("/", "")}
            assert status == (200 if allowed else 404), (root + name, status)
    assert ask(running, "/assets/index.html")[0] == 404
    assert ask(running, "/package/0123456789ab/index.html")[0] == 404


def test_a_slow_line_serves_the_same_files_and_no_others(running: Any) -> None:
    base = shown(running)["targets"][0]["base"]
    slow = base.replace("/package/", "/slow/")
    begun = time.monotonic()
    assert ask(running, f"{slow}index.html")[1] == ask(running, f"{base}index.html")[1]
    assert time.monotonic() - begun >= 1
    for path in (
        f"{slow}../../show",
        f"{slow}..%2f..%2fcourse.yaml",
        "/slow/0123456789ab/index.html",
        "/slow/",
    ):
        assert ask(running, path)[0] == 404, path
    assert ask(running, f"{slow}index.html", "POST")[0] == 405
    assert ask(running, f"{slow}index.html", Origin="https://evil.example")[0] == 403


def test_bodies_and_headers_have_a_limit(running: Any) -> None:
    assert ask(running, "/show", body=b"x" * 100)[0] == 413
    huge = str(50 << 30)
    assert ask(running, "/", "POST", Content_Length=huge)[0] in (405, 413)
    assert (
        ask(running, "/lrs/launches", "POST", Content_Length=huge, Content_Type="application/json")[0] == 413
    )
    assert ask(running, "/lrs/launches", "POST", body=b"[" * (1 << 19))[0] == 400
    assert ask(running, "/" + "a" * 70_000)[0] in (400, 404, 414, 431)
    assert ask(running, "/", Content_Length="-5")[0] in (400, 413)

    with socket.create_connection(("127.0.0.1", running.port), timeout=30) as endless:
        host = f"Host: 127.0.0.1:{running.port}"
        head = f"POST /lrs/launches HTTP/1.1\r\n{host}\r\nTransfer-Encoding: chunked\r\n\r\n"
        endless.sendall(head.encode())
        sent = 0
        chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
        try:
            while sent < 64 << 20:
                endless.sendall(chunk)
                sent += 0x10000
        except OSError:
            pass
        assert sent < 64 << 20
    assert ask(running, "/show")[0] == 200


def test_many_slow_clients_do_not_keep_others_waiting(running: Any) -> None:
    idle = [socket.create_connection(("127.0.0.1", running.port), timeout=30) for _ in range(100)]
    try:
        for one in idle:
            one.sendall(b"GET /show HTTP/1.1\r\nHost: ")
        begun = time.monotonic()
        assert ask(running, "/show")[0] == 200
        assert time.monotonic() - begun < 10
    finally:
        for one in idle:
            one.close()


def test_a_taken_port_is_passed_over(preview: Start, course: Path) -> None:
    first = preview(course)
    second = preview(course, "--port", str(first.port))
    assert second.port != first.port
    assert f"port {first.port} is taken" in "\n".join(second.lines)
    assert ask(second, "/show")[0] == 200


def test_ctrl_c_stops_at_once_even_with_an_open_feed(preview: Start, course: Path) -> None:
    running = preview(course)
    with socket.create_connection(("127.0.0.1", running.port), timeout=30) as feed:
        feed.sendall(f"GET /feed?target=scorm12 HTTP/1.1\r\nHost: 127.0.0.1:{running.port}\r\n\r\n".encode())
        assert b"200" in feed.recv(1000)
        begun = time.monotonic()
        assert running.stop() == 0
        assert time.monotonic() - begun < 10
    assert running.lines[-1] == "stopped"


def test_a_range_of_a_file_is_enough_for_a_player(running: Any) -> None:
    name = shown(running)["targets"][0]["base"] + "index.html"
    whole = ask(running, name)[1]
    status, part, headers = ask(running, name, Range="bytes=10-19")
    assert (status, part, headers["content-range"]) == (206, whole[10:20], f"bytes 10-19/{len(whole)}")
    assert ask(running, name, Range="bytes=-5")[1] == whole[-5:]
    assert ask(running, name, Range=f"bytes={len(whole)}-")[0] == 416
    assert ask(running, name, Range="bytes=9-2")[0] in (200, 416)
    assert ask(running, name, Range="bytes=-")[1] == whole
