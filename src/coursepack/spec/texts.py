"""The author's text files as text: UTF-8, of a sane size, inside the folder, with one kind of line end."""

from __future__ import annotations

from coursepack.source import Span
from coursepack.spec.page import Log
from coursepack.spec.paths import Folder
from coursepack.spec.shape import CONTROL, ENCODING, OUTSIDE, TOO_LARGE, clip

LARGEST = 1_000_000
"""Bytes of a step, a bank, a CSV table or course.yaml."""


def read_text(folder: Folder, path: str, log: Log) -> str | None:
    """The text of a file of the course, or None with a finding. It is kept in `log.texts`.

    Bytes that are not UTF-8 are a finding and become U+FFFD, so that the rest can still be read.
    """
    if path in log.texts:
        return log.texts[path]
    top = Span(path, 1)
    why = folder.problem(path)
    if why:
        log.findings.append(OUTSIDE.finding(top, why, "put the file itself into the course folder"))
        return None
    try:
        with (folder.root / path).open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError:
        log.findings.append(OUTSIDE.finding(top, f"`{clip(path)}` cannot be opened", "check who may read it"))
        return None
    if len(data) > LARGEST:
        size = (folder.root / path).stat().st_size
        message = f"the file has {size:,} bytes; {LARGEST:,} are allowed".replace(",", " ")
        log.findings.append(TOO_LARGE.finding(top, message, "split it, or move what is no text to `media/`"))
        return None
    text = _decode(path, data, log)
    if text is None:
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    log.texts[path] = text
    return text


_AS_TEXT = "save what is in it as text: a table as CSV, a step as Markdown"


def _decode(path: str, data: bytes, log: Log) -> str | None:
    known = len(log.findings)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        log.findings.append(ENCODING.finding(Span(path, 1), "the file is UTF-16", "save it as UTF-8"))
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        log.findings.append(ENCODING.finding(_place(path, data, problem), *_encoding_words(data, problem)))
        text = data.decode("utf-8-sig", errors="replace")
    zero = text.find("\0")
    if zero >= 0 or data.startswith(b"PK\x03\x04"):
        zero = max(0, zero)
        line = text.count("\n", 0, zero) + 1
        at = Span(path, line, zero - text.rfind("\n", 0, zero))
        message, advice = "the file has the character U+0000: it is not text", "save it as text"
        if data.startswith(b"PK\x03\x04"):
            message, advice = "this is a zip, or a file of an office program: it is not text", _AS_TEXT
        log.findings = [*log.findings[:known], CONTROL.finding(at, message, advice)]
        return None
    return text


def _place(path: str, data: bytes, problem: UnicodeDecodeError) -> Span:
    start = problem.start + (3 if problem.object != data else 0)
    before = data[:start].replace(b"\r\n", b"\n")
    line_start = before.rfind(b"\n") + 1
    column = len(before[line_start:].decode("utf-8-sig", errors="replace")) + 1
    return Span(path, before.count(b"\n") + 1, column)


def _encoding_words(data: bytes, problem: UnicodeDecodeError) -> tuple[str, str]:
    byte = problem.object[problem.start]
    likely = bytes([byte]).decode("cp1252", errors="replace")
    hint = f" (`{likely}` in Windows-1252)" if likely.isprintable() and likely != "\ufffd" else ""
    return f"the byte 0x{byte:02X}{hint} is not UTF-8", "save the file as UTF-8"
