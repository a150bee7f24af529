"""What the content will do in a browser, seen without running it (P40 and our own)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from coursepack.conformance import manifest as xml
from coursepack.conformance.content import Fact, is_remote
from coursepack.conformance.packaging import SCHEME, address, resources
from coursepack.conformance.rules import Found, package_rule
from coursepack.conformance.view import PackageView

_TEMPLATE = re.compile(r"[{}\[\]<>]")
"""Signs of an address that a script completes."""


def launch_pages(view: PackageView) -> list[str]:
    """The pages that the package opens, by any of its manifests, that are in the zip."""
    names: list[str] = []
    if view.manifest is not None and view.edition:
        found = [address(resource) for resource in resources(view)]
        names += [item.path for item in found if item and item.path]
    for document, name in ((view.cmi5, "url"), (view.tincan, "launch")):
        if document is not None:
            names += [
                re.split("[?#]", xml.text(each).strip())[0] for each in document.root.iter(f"{{*}}{name}")
            ]
    return [name for name in dict.fromkeys(names or ["index.html"]) if name in view.files]


def _facts(view: PackageView, kind: str) -> Iterator[tuple[str, Fact]]:
    for name, look in view.looks.items():
        for fact in look.facts:
            if fact.kind == kind:
                yield name, fact


def _needed(view: PackageView) -> set[tuple[str, int, str]]:
    """Page, line and address of what the launch pages cannot start without: PKG-040 tells of those."""
    return {
        (page, item.line, item.address)
        for page in launch_pages(view)
        if page in view.looks
        for item in view.looks[page].references
        if item.needed
    }


@package_rule(
    "PKG-040", "launch-page-incomplete", "warning", needs="zip", breaks=("every LMS: a blank or broken page",)
)
def launch_page_incomplete(view: PackageView) -> Iterator[Found]:
    """The launch page needs a file that is not in the zip, or one from another host.

    Addresses that begin with `/` lead to the LMS's own server, where the file is not.

    A learner behind a firewall, offline, or in an LMS with a strict content policy sees a broken page.

    How to fix: add the file, or mend the address; put what comes from other hosts into the package.
    """
    for page in launch_pages(view):
        look = view.looks.get(page)
        for item in look.references if look else ():
            if is_remote(item.address):
                if item.needed:
                    yield Found(
                        f"the page needs `{item.address[:100]}`", "put it into the package", page, item.line
                    )
                continue
            if message := _not_there(view, page, look.base if look else "", item.address):
                yield Found(message, "mend the address, or add the file", page, item.line)


def _not_there(view: PackageView, page: str, base: str, address: str) -> str:
    """What is wrong with an address inside the package; empty when a file is there, or none can be named."""
    path = re.split("[?#]", address)[0].replace("\\", "/")
    if not path or SCHEME.match(path):
        return ""
    if path.startswith("/"):
        return f"`{path[:100]}` begins at the root of the LMS's server, not of the package"
    if is_remote(base) or SCHEME.match(base) or base.startswith("/"):
        return ""
    folder = posixpath.join(posixpath.dirname(page), unquote(base).rpartition("/")[0])
    name = posixpath.normpath(posixpath.join(folder, unquote(path)))
    if name in view.files or _TEMPLATE.search(path):
        return ""
    near = view.near(name)
    return f"`{path[:100]}` is called `{near}` in the zip" if near else f"`{path[:100]}` is not in the zip"


@package_rule(
    "PKG-101", "unload-handler", "warning", needs="zip", breaks=("Chrome: unload handlers no longer run",)
)
def unload_handler(view: PackageView) -> Iterator[Found]:
    """A script saves in `unload` or `beforeunload`.

    Browsers skip these events more and more often, above all on phones: the learner's last answers are lost.
    `pagehide` works.

    How to fix: save when an answer is given, and in `pagehide`.
    """
    for name, fact in _facts(view, "unload"):
        yield Found(f"`{fact.excerpt}`", "use `pagehide`", name, fact.line)


@package_rule(
    "PKG-102", "synchronous-request", "warning", needs="zip", breaks=("Chrome: fails while the page leaves",)
)
def synchronous_request(view: PackageView) -> Iterator[Found]:
    """A script makes a synchronous request: the page stands still, and browsers refuse it at the end.

    How to fix: make the request asynchronous, and save before the page leaves.
    """
    for name, fact in _facts(view, "synchronous"):
        yield Found(f"`{fact.excerpt}`", "make it asynchronous", name, fact.line)


@package_rule(
    "PKG-103", "other-host", "warning", needs="zip", breaks=("networks and LMSs that allow no other host",)
)
def other_host(view: PackageView) -> Iterator[Found]:
    """The content loads something from another host, which can change, vanish, or see who learns.

    How to fix: put the file into the package and link to it there.
    """
    started = _needed(view)
    for name, fact in _facts(view, "host"):
        if (name, fact.line, fact.excerpt) not in started:
            yield Found(f"this loads `{fact.excerpt[:100]}`", "put it into the package", name, fact.line)


@package_rule(
    "PKG-104", "secret", "warning", needs="zip", breaks=("whoever owns it: every learner can read it",)
)
def secret(view: PackageView) -> Iterator[Found]:
    """The package holds what looks like a key. Every learner can read every file of a package.

    How to fix: take the key out of the package, and make a new one: this one is known.
    """
    for name, fact in _facts(view, "secret"):
        yield Found(
            f"this looks like a secret: `{fact.excerpt}`", "remove it, and change it", name, fact.line
        )


@package_rule(
    "PKG-105", "mixed-content", "warning", needs="zip", breaks=("LMSs on https: browsers block http",)
)
def mixed_content(view: PackageView) -> Iterator[Found]:
    """The content loads something over plain http. In an LMS on https the browser blocks it.

    How to fix: put the file into the package, or use https.
    """
    started = _needed(view)
    for name, fact in _facts(view, "mixed"):
        if (name, fact.line, fact.excerpt) not in started:
            yield Found(f"this loads `{fact.excerpt[:100]}`", "use the package's own file", name, fact.line)


@package_rule("PKG-106", "mail-address", "note", needs="zip")
def mail_address(view: PackageView) -> Iterator[Found]:
    """A file holds an e-mail address. That may be meant; every learner can read it.

    How to fix: make sure that the address may be public.
    """
    for name, fact in _facts(view, "mail"):
        yield Found(f"`{fact.excerpt}`", "make sure that it may be public", name, fact.line)


@package_rule("PKG-109", "not-all-read", "note", needs="zip")
def not_all_read(view: PackageView) -> Iterator[Found]:
    """A text file is so large that only its first two megabytes were looked at.

    How to fix: nothing needs mending; look at the rest of the file yourself.
    """
    for name, look in view.looks.items():
        if look.cut:
            yield Found("only the first 2 MB were looked at", "", name)
