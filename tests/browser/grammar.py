"""What a strict LMS takes: every value that a course tells it, with its length and grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator

TIMESPAN = r"\d{2,4}:[0-5]\d:[0-5]\d(\.\d{1,2})?"
TIME = r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,2})?"
DECIMAL = r"-?\d{1,3}(\.\d{1,2})?"
PERCENT = r"0{0,2}(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)"
REAL = r"-?\d{1,5}(\.\d{1,7})?"
SHARE = r"0{0,2}(1(\.0{1,4})?|0(\.\d{1,4})?)"
INTERVAL = r"PT\d+H\d+M\d+(\.\d{1,2})?S"
TIMESTAMP = r"(19[7-9]\d|20[0-2]\d|203[0-8])-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d"
IDENTIFIER = r"[A-Za-z0-9_.-]{1,255}"
SHORT = r"[A-Za-z0-9_.]{1,250}"
STATE = r"[A-Za-z0-9_-]*"
"""URL-safe base64 only: nothing that a transport, a database or a beacon could change."""


def text(most: int) -> str:
    """One line of at most `most` UTF-16 units ."""
    return rf"[^\x00-\x1f\x7f]{{0,{most}}}"


LINE = text(250)
SIGNS = r"[0-9a-z](,[0-9a-z])*"
MATCHES = r"[0-9a-z]\.[0-9a-z](,[0-9a-z]\.[0-9a-z])*"
IDS = rf"{SHORT}(\[,\]{SHORT})*"
PAIRS = rf"{SHORT}\[\.\]{SHORT}(\[,\]{SHORT}\[\.\]{SHORT})*"

SCORM12 = {
    r"cmi\.core\.lesson_location": text(255),
    r"cmi\.core\.lesson_status": r"passed|completed|failed|incomplete|browsed",
    r"cmi\.core\.exit": r"suspend|time-out|",
    r"cmi\.core\.score\.(raw|min|max)": PERCENT,
    r"cmi\.core\.session_time": TIMESPAN,
    r"cmi\.suspend_data": STATE,
    r"cmi\.interactions\.\d+\.id": IDENTIFIER,
    r"cmi\.interactions\.\d+\.type": "true-false|choice|fill-in|matching|performance|sequencing|"
    "likert|numeric",
    r"cmi\.interactions\.\d+\.time": TIME,
    r"cmi\.interactions\.\d+\.latency": TIMESPAN,
    r"cmi\.interactions\.\d+\.weighting": DECIMAL,
    r"cmi\.interactions\.\d+\.result": rf"correct|wrong|unanticipated|neutral|{DECIMAL}",
    r"cmi\.interactions\.\d+\.student_response": text(255),
    r"cmi\.interactions\.\d+\.correct_responses\.\d+\.pattern": text(255),
}
SCORM2004 = {
    r"cmi\.location": text(1000),
    r"cmi\.completion_status": "completed|incomplete",
    r"cmi\.success_status": "passed|failed",
    r"cmi\.exit": "suspend|normal|time-out",
    r"cmi\.score\.scaled": SHARE,
    r"cmi\.score\.(raw|min|max)": PERCENT,
    r"cmi\.progress_measure": SHARE,
    r"cmi\.session_time": INTERVAL,
    r"cmi\.suspend_data": STATE,
    r"cmi\.interactions\.\d+\.id": IDENTIFIER,
    r"cmi\.interactions\.\d+\.type": "true-false|choice|fill-in|long-fill-in|matching|performance|sequencing|"
    "likert|numeric|other",
    r"cmi\.interactions\.\d+\.timestamp": TIMESTAMP,
    r"cmi\.interactions\.\d+\.latency": INTERVAL,
    r"cmi\.interactions\.\d+\.weighting": REAL,
    r"cmi\.interactions\.\d+\.result": rf"correct|incorrect|unanticipated|neutral|{REAL}",
    r"cmi\.interactions\.\d+\.learner_response": text(4000),
    r"cmi\.interactions\.\d+\.correct_responses\.\d+\.pattern": text(4000),
    r"cmi\.interactions\.\d+\.description": LINE,
}
RESPONSES12 = {
    "true-false": "[tf01]",
    "choice": rf"\{{{SIGNS}\}}|{SIGNS}",
    "fill-in": text(255),
    "matching": rf"\{{{MATCHES}\}}|{MATCHES}",
    "performance": text(255),
    "sequencing": SIGNS,
    "likert": "[0-9a-z]",
    "numeric": DECIMAL,
}
CASE = r"(\{case_matters=(true|false)\})?(\{order_matters=(true|false)\})?"
RESPONSES2004 = {
    "true-false": "true|false",
    "choice": IDS,
    "fill-in": rf"{CASE}[^\x00-\x1f{{]{{0,250}}(\[,\][^\x00-\x1f{{]{{0,250}}){{0,9}}",
    "long-fill-in": rf"{CASE}([^\x00-\x1f{{][^\x00-\x1f]{{0,3999}})?",
    "matching": PAIRS,
    "sequencing": IDS,
    "likert": SHORT,
    "numeric": rf"{REAL}|{REAL}\[:\]{REAL}",
    "other": text(4000),
}
STATE_LIMIT = {"scorm12": 4096, "scorm2004": 64000}


def faults(edition: str, sets: list[tuple[str, str]]) -> Iterator[str]:
    """What a strict LMS would say to these values in this order (of one session)."""
    elements = SCORM12 if edition == "scorm12" else SCORM2004
    responses = RESPONSES12 if edition == "scorm12" else RESPONSES2004
    types: dict[str, str] = {}
    identified: set[str] = set()
    for element, value in sets:
        pattern = next((rule for name, rule in elements.items() if re.fullmatch(name, element)), None)
        if pattern is None:
            yield f"{element}: no such element"
            continue
        if not re.fullmatch(pattern, value) or len(value.encode("utf-16-le")) // 2 > STATE_LIMIT[edition]:
            yield f"{element}: {value!r} is not well-formed"
        part = re.match(r"(cmi\.interactions\.\d+)\.(\w+)", element)
        if not part:
            continue
        entry, field = part.groups()
        if field == "id":
            identified.add(entry)
        elif field == "type":
            types[entry] = value
        if field in ("student_response", "learner_response", "correct_responses") and entry in types:
            rule = responses[types[entry]]
            if not re.fullmatch(rule, value):
                yield f"{element}: {value!r} is no {types[entry]} response"
        if entry in identified and field not in ("id", "type") and entry not in types:
            yield f"{element}: written before the type"
