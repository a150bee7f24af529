"""The Statements resource of a strict LRS: shape, duplicates, conflicts, all or nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from lrs.shape import UUID, faults_of

SET_BY_LRS = ("stored", "authority", "version")


@dataclass
class Statements:
    """`held` by id, in the order of arrival, as they were sent; `posts` are the ids of each request kept.

    `conflicts` are ids that came again with another content, which is refused and changes nothing; `again`
    those that came again as they were.
    """

    held: dict[str, dict[str, Any]] = field(default_factory=dict)
    posts: list[list[str]] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)
    limit: int = 256 * 1024

    def all(self) -> list[dict[str, Any]]:
        return list(self.held.values())

    def answer(
        self, method: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes
    ) -> tuple[int, bytes]:
        """Status and body for a request that has passed the door."""
        match method:
            case "POST" if not query:
                return self.post(headers, body)
            case "PUT" if set(query) == {"statementId"}:
                return self.put(query["statementId"], headers, body)
            case "GET" | "HEAD" if set(query) <= {"statementId", "format", "attachments"}:
                return self.get(query)
            case "POST" | "PUT" | "GET" | "HEAD":
                return 400, f"{method} with query {dict(query)}".encode()
        return 405, method.encode()

    def post(self, headers: Mapping[str, str], body: bytes) -> tuple[int, bytes]:
        if len(body) > self.limit:
            return 413, b"too large"
        read = parse(headers, body)
        if isinstance(read, str):
            return 400, read.encode()
        batch = read if isinstance(read, list) else [read]
        status, why = self.take(batch)
        return (
            (status, why.encode()) if status != 200 else (200, json.dumps([s["id"] for s in batch]).encode())
        )

    def put(self, statement_id: str, headers: Mapping[str, str], body: bytes) -> tuple[int, bytes]:
        read = parse(headers, body)
        if not isinstance(read, dict) or read.get("id", statement_id) != statement_id:
            return 400, b"one statement whose id is that of the query"
        status, why = self.take([read])
        return (204, b"") if status == 200 else (status, why.encode())

    def get(self, query: Mapping[str, str]) -> tuple[int, bytes]:
        if "statementId" not in query:
            return 200, json.dumps({"statements": self.all()[::-1], "more": ""}).encode()
        found = self.held.get(query["statementId"])
        return (200, json.dumps(found).encode()) if found else (404, b"no such statement")

    def take(self, batch: list[Any]) -> tuple[int, str]:
        """Stores all of them or none."""
        if not batch:
            return 400, "an empty batch"
        for statement in batch:
            if found := list(faults_of(statement)) or list(self.own_faults(statement)):
                return 400, "; ".join(found)
        ids = [statement["id"] for statement in batch]
        if len(set(ids)) < len(ids):
            return 400, f"an id twice in one batch: {ids}"
        if clash := [s["id"] for s in batch if s["id"] in self.held and self.held[s["id"]] != s]:
            self.conflicts += clash
            return 409, f"stored with another content: {clash}"
        self.again += [id_ for id_ in ids if id_ in self.held]
        self.held |= {statement["id"]: statement for statement in batch}
        self.posts.append(ids)
        return 200, ""

    def own_faults(self, statement: dict[str, Any]) -> Iterator[str]:
        """What a course of ours always gives, and never does, beyond what an LRS may ask for."""
        for name in ("id", "timestamp"):
            if name not in statement:
                yield f"no {name}"
        yield from (f"{name} is the LRS's to say" for name in SET_BY_LRS if name in statement)
        when = statement.get("timestamp", "")
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", when):
            yield f"timestamp {when} is not UTC in milliseconds"
        elif datetime.fromisoformat(when).timestamp() > datetime.now(UTC).timestamp() + 2:
            yield f"timestamp {when} is in the future"
        if not re.fullmatch(UUID, statement.get("id", "")):
            yield "id is no UUID"


def parse(headers: Mapping[str, str], body: bytes) -> Any:
    """The JSON of a request, or what is wrong with it as text."""
    if headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        return f"content type {headers.get('content-type')}"
    try:
        read = json.loads(body, object_pairs_hook=once_each)
    except ValueError as error:
        return f"not JSON: {error}"
    return read if isinstance(read, dict | list) else "neither a statement nor a list of them"


def once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError(f"a key twice among {[name for name, _ in pairs]}")
    return dict(pairs)
