"""What the block parser found: `:::` lines that do not pair up, text nested too deep, unused definitions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coursepack.spec.boxes import head_span
from coursepack.spec.containers import DEEPEST, NAMES, Trouble
from coursepack.spec.inline_rules import LABEL_WORK
from coursepack.spec.markdown import Node, References
from coursepack.spec.page import Page
from coursepack.spec.shape import STRAY_CLOSE, TOO_DEEP, UNCLOSED, clip
from coursepack.spec.shape_content import DROPPED, FOOTNOTE


def report_troubles(page: Page, troubles: Sequence[Trouble]) -> None:
    """Report what parsing the blocks found. Of many nested too deep, the first one stands for all."""
    deep = [trouble for trouble in troubles if trouble.kind == "deep"]
    for trouble in [*(one for one in troubles if one.kind != "deep"), *deep[:1]]:
        node = trouble.node
        span = head_span(page, node)
        name = node.meta["name"] or ":::"
        if trouble.kind == "stray":
            message = "this `:::` closes nothing"
            page.report(STRAY_CLOSE, span, message, _opening(page, node))
        elif trouble.kind == "unclosed":
            page.report(
                UNCLOSED, span, f"the block `{clip(name)}` is never closed", "add a line `:::` at its end"
            )
        elif trouble.kind == "nested" and trouble.inner is not None:
            line = page.source_line(trouble.inner.line) + 1
            message = f"the block `{clip(name)}` is not closed before the next one begins in line {line}"
            page.report(UNCLOSED, span, message, "add a line `:::` at its end")
        else:
            page.report(TOO_DEEP, span, f"blocks are nested more than {DEEPEST} deep", "nest less")
    for line in page.env["deep"][:1]:
        page.report(
            TOO_DEEP, page.line_span(line), "lists and quotes are nested too deep from here", "nest less"
        )


_ALMOST = re.compile(rf"\s*::?\s*(?P<name>{'|'.join(NAMES)})\b")


def _opening(page: Page, node: Node) -> str:
    """What to do about a line that closes nothing: mend the line above that was to open it."""
    line = page.source_line(node.line)
    for above in range(line - 1, max(-1, line - 60), -1):
        text = page.lines[above] if above < len(page.lines) else ""
        if text.lstrip().startswith(":::"):
            break
        if found := _ALMOST.match(text):
            page.env["mended"].add(above)
            return f"write three colons in line {above + 1}: `::: {found['name']}`"
    return "remove it, or move it out of the list or quote it stands in"


def report_unused(page: Page) -> None:
    """Report link definitions and footnotes that nothing uses: nobody would ever see them."""
    if page.env["work"] > LABEL_WORK:
        span = page.line_span(0)
        message = "the text has too many brackets without an end"
        page.report(TOO_DEEP, span, message, "write `\\[` for a bracket")
    references: References = page.env["references"]
    for name, found in references.items():
        if name not in references.used:
            message = f"nothing uses the link definition `[{clip(name.lower())}]`"
            page.report(
                DROPPED, page.line_span(found["map"][0]), message, "remove it, or write `[words][name]`"
            )
    for found in page.env.get("duplicate_refs", ()):
        message = f"the link definition `[{clip(found['label'].lower())}]` is there twice"
        page.report(DROPPED, page.line_span(found["map"][0]), message, "remove one of the two")
    for name, node in page.notes.defined.items():
        if name not in page.notes.numbers:
            message = f"nothing refers to the footnote `[^{clip(name)}]`"
            page.report(
                FOOTNOTE, page.line_span(node.line), message, f"write `[^{clip(name)}]` where it belongs"
            )
