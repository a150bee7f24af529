"""The State and Agent Profile resources of a strict LRS, with ETags and the concurrency rules of xAPI 2.0."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from lrs.server import Answer, Request

Key = tuple[tuple[str, str], ...]
Refuse = Callable[[int, str], Answer]


@dataclass
class Documents:
    """Documents of one resource. `needed` and `allowed` are its query parameters.

    `strict`: a PUT over a document asks for If-Match or If-None-Match, as xAPI 2.0 does. `random_tags`: the
    ETag is not the content's SHA-1. `tags`: answers carry an ETag at all.
    """

    needed: frozenset[str]
    allowed: frozenset[str]
    strict: bool = True
    random_tags: bool = False
    tags: bool = True
    held: dict[Key, bytes] = field(default_factory=dict)
    versions: dict[Key, int] = field(default_factory=dict)

    def key(self, query: Any) -> Key:
        """Agents are compared by what they say, not by how it is spelt."""
        parts = dict(query)
        if "agent" in parts:
            parts["agent"] = json.dumps(json.loads(parts["agent"]), sort_keys=True)
        return tuple(sorted(parts.items()))

    def etag(self, key: Key) -> str:
        mark = str(self.versions[key]) if self.random_tags else ""
        return f'"{hashlib.sha1(mark.encode() + self.held[key]).hexdigest()}"'

    def answer(self, request: Request, refuse: Refuse) -> Answer:
        query = set(request.query)
        if not self.needed <= query or not query <= self.allowed:
            return refuse(400, f"{request.method} {request.path} with {sorted(query)}")
        try:
            key = self.key(request.query)
        except ValueError:
            return refuse(400, f"agent is no JSON: {request.query['agent']}")
        if request.method == "GET":
            if key not in self.held:
                return Answer(404)
            return Answer(200, self.held[key], {"Content-Type": "application/json", **self.tag(key)})
        return self.change(request, key, refuse)

    def tag(self, key: Key) -> dict[str, str]:
        return {"ETag": self.etag(key)} if self.tags else {}

    def change(self, request: Request, key: Key, refuse: Refuse) -> Answer:
        match, none = request.headers.get("if-match"), request.headers.get("if-none-match")
        if key in self.held:
            if none == "*" or (match and match != self.etag(key)):
                return Answer(412, b"the document has changed")
            if request.method == "PUT" and self.strict and not match and not none:
                return Answer(409, b"say which version you replace")
        elif match:
            return Answer(412, b"there is no such document")
        match request.method:
            case "PUT":
                body = request.body
            case "POST":
                try:
                    body = json.dumps(
                        {**json.loads(self.held.get(key, b"{}")), **json.loads(request.body)}
                    ).encode()
                except (ValueError, TypeError):
                    return refuse(400, "only JSON objects can be merged")
            case "DELETE":
                return refuse(405, f"a course deletes nothing: {dict(request.query)}")
            case _:
                return refuse(405, request.method)
        if request.headers.get("content-type") != "application/json":
            return refuse(400, f"content type {request.headers.get('content-type')}")
        self.held[key] = body
        self.versions[key] = self.versions.get(key, 0) + 1
        return Answer(204, b"", self.tag(key) if self.tags and request.method == "PUT" else {})


def state_documents() -> Documents:
    needed = frozenset({"stateId", "activityId", "agent"})
    return Documents(needed, needed | {"registration"})


def profile_documents() -> Documents:
    needed = frozenset({"profileId", "agent"})
    return Documents(needed, needed)
