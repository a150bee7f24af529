"""Markdown text to a tree of blocks: CommonMark, tables, definition lists, footnotes, `:::` containers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote.index import footnote_def
from msgspec import Struct, field

from coursepack.spec import containers, inline_rules, table_rule

DEEPEST = 32
"""Levels of nested blocks; a list and its item are two."""


class Node(Struct):
    """A block as parsed: its type, its lines (0-based, `end` excluded), its inline text or its children."""

    type: str
    line: int = 0
    end: int = 0
    content: str = ""
    children: list[Node] = field(default_factory=list)
    meta: dict[str, Any] = field(default_factory=dict)


class _Blocks(ParserBlock):
    """The library's block parser, which passes over what is nested too deep; here it becomes a paragraph."""

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803
        if state.level < DEEPEST:
            super().tokenize(state, startLine, endLine)
            return
        line = startLine + 1
        while line < endLine and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
            line += 1
        state.env["deep"].append(startLine)
        opened = state.push("paragraph_open", "p", 1)
        opened.map = [startLine, line]
        inline = state.push("inline", "", 0)
        inline.content = state.getLines(startLine, line, state.blkIndent, False).strip()
        inline.map = [startLine, line]
        state.push("paragraph_close", "p", -1)
        state.line = line


class _Reader(MarkdownIt):
    """Leaves addresses as the author wrote them: `paths` judges them."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        return link

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return True


@cache
def reader() -> MarkdownIt:
    """The one parser; all that changes from text to text is in `env`."""
    md = _Reader("zero", {"html": False, "maxNesting": 64})
    md.block = _Blocks()
    md.use(deflist_plugin)
    terminates: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]})
    md.block.ruler.before("table", "container", containers.rule, terminates)
    md.block.ruler.at("table", table_rule.rule, {"alt": ["paragraph", "reference"]})
    md.block.ruler.enableOnly(
        [
            *("container", "table", "code", "fence", "blockquote", "hr", "list", "footnote_def"),
            *("reference", "heading", "lheading", "deflist", "paragraph"),
        ]
    )
    inline_rules.install(md)
    return md


class References(dict[str, Any]):
    """The link definitions of a text, which remember whether a link used them."""

    def __init__(self) -> None:
        super().__init__()
        self.used: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        if key in self:
            self.used.add(key)
        return super().get(key, default)


def new_env() -> dict[str, Any]:
    """What the parser keeps about one text."""
    return {"references": References(), "deep": [], "mended": set(), "gaps": False, "work": 0}


def parse_blocks(text: str, env: dict[str, Any]) -> tuple[list[Node], list[containers.Trouble]]:
    """The tree of a text, and the `:::` lines that do not pair up. Inline text is not parsed yet."""
    tokens: list[Token] = []
    md = reader()
    md.block.parse(text, md, env, tokens)
    return _tree(tokens)


def _tree(tokens: Sequence[Token]) -> tuple[list[Node], list[containers.Trouble]]:
    root = Node("root")
    nest = containers.Nesting(root)
    for token in tokens:
        if token.type == "inline":
            top = nest.top
            top.content, top.line = token.content, _lines(token)[0]
        elif token.type == "container":
            line = _lines(token)[0]
            nest.container(Node("container", line, line + 1, meta=token.meta))
        elif token.nesting > 0:
            start, end = _lines(token)
            kind = token.type.removesuffix("_open")
            meta = {"tag": token.tag, "hidden": token.hidden, **token.attrs, **token.meta}
            nest.open(Node(kind, start, end, meta=meta))
        elif token.nesting < 0:
            nest.close()
        else:
            start, end = _lines(token)
            meta = {"info": token.info, **token.meta}
            nest.top.children.append(Node(token.type, start, end, token.content, meta=meta))
    nest.finish()
    return root.children, nest.troubles


def _lines(token: Token) -> tuple[int, int]:
    return (token.map[0], token.map[1]) if token.map else (0, 0)
