"""`index.html`: the frame around the first step, and the policy that says what it may load."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from urllib.parse import urlsplit

from markupsafe import Markup
from msgspec import Struct

from coursepack.site.scope import Scope, environment
from coursepack.words import direction
from coursepack.xapi.contract import HookTable

_LRS_DRIVERS = frozenset({"cmi5", "xapi"})


class Page(Struct, frozen=True):
    """The frame's ingredients that no target changes."""

    scope: Scope
    article: Markup
    style: Markup


def index_page(page: Page, scripts: Mapping[str, str], connect: str) -> bytes:
    """The page as UTF-8. `scripts` names its files by what they are for: `runtime`, `course`, `state` …

    `connect` is what it may connect to, as in a Content-Security-Policy.
    """
    course = page.scope.course
    anchors = page.scope.anchors
    html = (
        environment()
        .get_template("page.html.j2")
        .render(
            course=course.settings,
            direction=direction(course.settings.language),
            first=course.steps[0],
            total=len(course.steps),
            nav=[(anchors[step.id], step.title) for step in course.steps],
            article=page.article,
            style=page.style,
            policy=content_policy(page.style, connect),
            scripts=scripts,
            say=page.scope.say,
            foreign=page.scope.foreign,
        )
    )
    return (html + "\n").encode("utf-8")


def connections(driver: str, hooks: HookTable | None) -> str:
    """What a page may connect to: its relay, or any place where only the launch will name an LRS."""
    if driver in _LRS_DRIVERS or (hooks and not hooks["relay"]):
        return "https: http:"
    if not hooks:
        return "'none'"
    relay = urlsplit(str(hooks["relay"]))
    return f"{relay.scheme}://{relay.netloc}"


def content_policy(style: str, connect: str) -> str:
    """The Content-Security-Policy; `connect` is its `connect-src`."""
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            f"style-src 'sha256-{digest}'",
            "img-src 'self' data:",
            "media-src 'self'",
            "font-src 'self'",
            f"connect-src {connect}",
            "form-action 'none'",
            "base-uri 'none'",
        )
    )
