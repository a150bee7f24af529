"""Steps: what the Markdown of the language means, and where each mistake in it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from authoring import blocks, codes, diagnostics, load, said

from coursepack.spec.model import (
    Attributes,
    Callout,
    Code,
    CodeBlock,
    DefinitionList,
    Details,
    Emphasis,
    Figure,
    FootnoteReference,
    Heading,
    Image,
    LineBreak,
    Link,
    List,
    LostTarget,
    Paragraph,
    Quote,
    Spanned,
    Strong,
    Table,
    Text,
    WebTarget,
    each,
    plain,
)

PICTURE: dict[str, str | bytes] = {"media/a.svg": "<svg/>"}


def one(folder: Path, body: str) -> object:
    (block,) = blocks(folder, body)
    return block


# --- inlines ------------------------------------------------------------------------------------------


def test_inlines(tmp_path: Path) -> None:
    paragraph = one(tmp_path, "a *b **c*** `d`\\\nsoft\nline [e]{lang=fr .x} \\<b>raw\\</b> &amp; \\*")
    assert paragraph == Paragraph(
        (
            Text("a "),
            Emphasis((Text("b "), Strong((Text("c"),)))),
            Text(" "),
            Code("d"),
            LineBreak(),
            Text("soft line "),
            Spanned((Text("e"),), Attributes(lang="fr", classes=("x",))),
            Text(" <b>raw</b> & *"),
        )
    )


def test_a_span_may_hold_a_link_and_a_link_may_have_attributes(tmp_path: Path) -> None:
    paragraph = one(tmp_path, "[x [y](https://a.org) z]{.k} [w](https://a.org){lang=de}")
    assert isinstance(paragraph, Paragraph)
    first, _, second = paragraph.children
    assert isinstance(first, Spanned) and isinstance(first.children[1], Link)
    assert second == Spanned((Link(WebTarget("https://a.org"), (Text("w"),)),), Attributes(lang="de"))


@pytest.mark.parametrize(
    "text", ["the set {a}", "use {name} here", "{first name}", "a{b}", "\\{#x}", "{}", "{1, 2}"]
)
def test_braces_in_prose_are_prose(tmp_path: Path, text: str) -> None:
    assert plain(one(tmp_path, text)) == text.replace("\\", "")


def test_the_author_s_spaces_around_attributes(tmp_path: Path) -> None:
    heading, paragraph = blocks(tmp_path, "## A {#a .b}\n\nText\n{#p lang=fr}")
    assert heading == Heading(2, (Text("A"),), Attributes("a", ("b",)))
    assert paragraph == Paragraph((Text("Text"),), Attributes("p", lang="fr"))


def test_footnotes_are_numbered_by_first_use(tmp_path: Path) -> None:
    notes = "[^y]: why\n[^x]: ex[^z]\n\n    more\n\n[^z]: zed\n"
    loaded = load(tmp_path, f"---\ntitle: T\n---\na[^x] b^[now *here*] c[^y] d[^x]\n\n{notes}")
    assert loaded.course and not loaded.findings
    (step,) = loaded.course.steps
    assert [node.number for _, node in each(step.blocks, FootnoteReference)] == [1, 2, 3, 1]
    assert [plain(note) for note in step.footnotes] == ["ex more", "now here", "why", "zed"]


# --- blocks -------------------------------------------------------------------------------------------


def test_a_picture_alone_is_a_figure_and_among_words_it_is_not(tmp_path: Path) -> None:
    text = "---\ntitle: T\n---\n![A *b*](media/a.svg 'Cap **c**'){#p}\n\nSee ![x](media/a.svg) here.\n"
    loaded = load(tmp_path, text, PICTURE)
    assert loaded.course and not loaded.findings
    figure, paragraph = loaded.course.steps[0].blocks
    assert isinstance(figure, Figure) and figure.image.alt == "A b" and figure.image.attributes.id == "p"
    assert figure.caption == (Text("Cap "), Strong((Text("c"),)))
    assert isinstance(paragraph, Paragraph) and isinstance(paragraph.children[1], Image)


def test_decorative_is_a_bare_word(tmp_path: Path) -> None:
    loaded = load(tmp_path, "# T\n\n![](media/a.svg){decorative}\n", PICTURE)
    assert loaded.course and not loaded.findings
    (figure,) = loaded.course.steps[0].blocks
    assert isinstance(figure, Figure) and figure.image.decorative and figure.image.alt == ""


def test_an_attribution_is_the_last_paragraph_after_an_em_dash(tmp_path: Path) -> None:
    (quote,) = blocks(tmp_path, "> a\n>\n> — *Who*, where\n")
    assert isinstance(quote, Quote) and plain(quote.attribution) == "Who, where" and len(quote.blocks) == 1
    (dash,) = blocks(tmp_path, "> — only this")
    assert isinstance(dash, Quote) and dash.attribution == () and plain(dash) == "— only this"


def test_lists_are_tight_or_loose(tmp_path: Path) -> None:
    tight, loose = blocks(tmp_path, "- a\n- b\n  - c\n\n3. a\n\n4. b")
    assert isinstance(tight, List) and tight.tight and not tight.ordered
    assert isinstance(loose, List) and not loose.tight and (loose.ordered, loose.start) == (True, 3)


def test_code_keeps_every_character(tmp_path: Path) -> None:
    fenced, indented = blocks(tmp_path, "```yaml\n:::\n  {#a}\n\n```\n\n    ::: x\n")
    assert fenced == CodeBlock(":::\n  {#a}\n", "yaml")
    assert indented == CodeBlock("::: x")


def test_definitions(tmp_path: Path) -> None:
    made = one(tmp_path, "A *term*\n: one\n: two\n\nB\n\n: three\n\n  more")
    assert isinstance(made, DefinitionList)
    assert [(plain(d.terms), [plain(b) for b in d.details]) for d in made.items] == [
        ("A term", ["one", "two"]),
        ("B", ["three more"]),
    ]


# --- tables -------------------------------------------------------------------------------------------


def shape(table: object) -> list[list[str]]:
    assert isinstance(table, Table)
    return [
        [f"{plain(c.children)}:{c.rowspan}x{c.colspan}" for c in row.cells]
        for row in (table.header, *table.rows)
    ]


@pytest.mark.parametrize("braces", ["{#t header-column}", "{header-column #t}", "{ header-column=true #t }"])
@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_caption_stands_under_its_table(tmp_path: Path, gap: str, braces: str) -> None:
    table, after = blocks(tmp_path, f"| a | b |\n|:-|-:|\n| 1 | *2* |\n{gap}: The\n*cap* {braces}\n\nAfter")
    assert isinstance(table, Table) and isinstance(after, Paragraph)
    assert (plain(table.caption), table.attributes.id, table.header_column) == ("The cap", "t", True)
    assert [cell.align for cell in table.rows[0].cells] == ["left", "right"]


def test_cells_join_to_rectangles(tmp_path: Path) -> None:
    rows = [
        "| a | b | c |",
        "|---|---|---|",
        "| 1 | << | 2 |",
        "| ^^ | << | 3 |",
        "| 4 | 5 | ^^ |",
        "| | \\| | `\\|` |",
    ]
    assert shape(one(tmp_path, "\n".join(rows))) == [
        ["a:1x1", "b:1x1", "c:1x1"],
        ["1:2x2", "2:1x1"],
        ["3:2x1"],
        ["4:1x1", "5:1x1"],
        [":1x1", "|:1x1", "|:1x1"],
    ]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("| ^^ | 1 |", ["SPC-026 010-one.md:5:3+2"]),
        ("| << | 1 |", ["SPC-026 010-one.md:5:3+2"]),
        ("| 1 | << |\n| ^^ | 2 |", ["SPC-026 010-one.md:6:3+2"]),
        ("| 1 |", ["SPC-025 010-one.md:5:1+5"]),
        ("| 1 | 2 | 3 |", ["SPC-025 010-one.md:5:1+13"]),
        ("no pipe", ["SPC-025 010-one.md:5:1+7"]),
    ],
)
def test_tables_that_would_lose_cells(tmp_path: Path, rows: str, found: list[str]) -> None:
    assert said(load(tmp_path, f"# T\n\n| a | b |\n|---|---|\n{rows}\n")) == found


def test_a_ragged_row_keeps_its_words(tmp_path: Path) -> None:
    loaded = load(tmp_path, "# T\n\n| a |\n|---|\n| one | two | three |\n")
    assert loaded.course and "one two three" in plain(loaded.course.steps[0].blocks)


def test_a_table_ends_where_a_container_does(tmp_path: Path) -> None:
    (note, after) = blocks(tmp_path, "::: note\n| a |\n|---|\n| 1 |\n:::\nafter")
    assert isinstance(note, Callout) and shape(note.blocks[0]) == [["a:1x1"], ["1:1x1"]]
    assert isinstance(after, Paragraph)


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_csv_tables(tmp_path: Path, sign: str) -> None:
    data = f'\ufeffName{sign}Value\r\n*x*{sign}"two{sign} ""2""\nlines"\r\n\r\n^^{sign}3\r\n'
    loaded = load(
        tmp_path,
        "# T\n\n::: table {src=tables/x.csv header-column #t}\nThe *cap*\n:::\n",
        {"tables/x.csv": data},
    )
    assert loaded.course and not loaded.findings, diagnostics(loaded)
    (table,) = loaded.course.steps[0].blocks
    two = " ".join(f'two{sign} "2" lines'.split())
    assert shape(table) == [["Name:1x1", "Value:1x1"], ["x:2x1", f"{two}:1x1"], ["3:1x1"]]
    assert isinstance(table, Table) and table.header_column and plain(table.caption) == "The cap"


@pytest.mark.parametrize(
    ("head", "files", "found"),
    [
        ("", {}, "SPC-027 010-one.md:3:1+9"),
        ("{src=no.csv}", {}, "SPC-027 010-one.md:3:1+9"),
        ("{src=../../x.csv}", {}, "SPC-027 010-one.md:3:1+9"),
        ("{src=x.csv}", {"x.csv": ""}, "SPC-027 010-one.md:3:1+9"),
        ("{src=x.csv}", {"x.csv": "a,b\n1\n"}, "SPC-025 x.csv:2:1+1"),
        ("{src=x.csv}", {"x.csv": 'a,b\n"1,2\n'}, "SPC-027 x.csv:2:1+1"),
        ("{src=x.csv}", {"x.csv": b"a,b\n\xff,2\n"}, "SPC-002 x.csv:2:1+1"),
    ],
)
def test_csv_tables_without_data(
    tmp_path: Path, head: str, files: dict[str, str | bytes], found: str
) -> None:
    assert found in said(load(tmp_path, f"# T\n\n::: table {head}\nCap\n:::\n", files))


# --- containers ---------------------------------------------------------------------------------------


def test_containers_nest_like_brackets_whatever_their_colons(tmp_path: Path) -> None:
    body = (
        "::: note {#n}\n:::::: tip Watch *out*\na\n:::\n::: details {summary='S *u*'}\nb\n::::\n- c\n:::\nd"
    )
    note, d = blocks(tmp_path, body)
    assert isinstance(note, Callout) and note.attributes.id == "n" and plain(d) == "d"
    tip, details, items = note.blocks
    assert isinstance(tip, Callout) and (tip.kind, plain(tip.title)) == ("tip", "Watch out")
    assert isinstance(details, Details) and plain(details.summary) == "S u" and isinstance(items, List)


def test_the_first_words_of_details_are_its_summary(tmp_path: Path) -> None:
    (details,) = blocks(tmp_path, "::: details\n## Why *so*?\n\nBecause.\n:::")
    assert isinstance(details, Details) and (plain(details.summary), plain(details.blocks)) == (
        "Why so?",
        "Because.",
    )


def test_a_container_may_stand_in_a_list_item(tmp_path: Path) -> None:
    (made,) = blocks(tmp_path, "- a\n\n  ::: note\n  b\n  :::\n\n- c")
    assert isinstance(made, List) and len(made.items) == 2 and isinstance(made.items[0].blocks[1], Callout)


MISTAKES = [
    ("::: note\ntext", ["SPC-013 010-one.md:3:1+8"]),
    ("text\n:::", ["SPC-015 010-one.md:4:1+3"]),
    ("::: note\n- a\n  :::\n", ["SPC-013 010-one.md:3:1+8", "SPC-015 010-one.md:5:3+3"]),
    ("::: nte\nx\n:::", ["SPC-014 010-one.md:3:1+7"]),
    ("::: {#a}\nx\n:::", ["SPC-014 010-one.md:3:1+8"]),
    ("::: important\nx\n:::", ["SPC-014 010-one.md:3:1+13"]),
    ("::: video {src=a.mp4}\nx\n:::", ["SPC-018 010-one.md:3:1+9"]),
    ("::: hint\nx\n:::", ["SPC-016 010-one.md:3:1+8"]),
    ("> ::: quiz {#q}\n> :::", ["SPC-016 010-one.md:3:3+8"]),
    ("- ::: question {#q}\n  x\n  :::", ["SPC-016 010-one.md:3:3+12"]),
    ("::: quiz {#q}\n::: reflection {#r}\nx\n:::\n:::", ["SPC-016 010-one.md:4:1+14"]),
    ("::: note {colour=red}\nx\n:::", ["SPC-020 010-one.md:3:11+10"]),
    ("::: note {titel=x}\nx\n:::", ["SPC-020 010-one.md:3:11+7"]),
    ("::: note {title=“a b”}\nx\n:::", ["SPC-019 010-one.md:3:11+8", "SPC-019 010-one.md:3:20+2"]),
    ("::: note {#a #b}\nx\n:::", ["SPC-019 010-one.md:3:14+2"]),
    ("::: note {lang=x lang=de}\nx\n:::", ["SPC-021 010-one.md:3:11+6", "SPC-019 010-one.md:3:18+7"]),
    ("::: note {#a\nx\n:::", ["SPC-019 010-one.md:3:10+3"]),
    ("::: note {#a} more\nx\n:::", ["SPC-024 010-one.md:3:14+5"]),
    ("::: note {dir=up}\nx\n:::", ["SPC-021 010-one.md:3:11+6"]),
    ("::: note {#A_b}\nx\n:::", ["SPC-022 010-one.md:3:11+4"]),
    ("::: note {.1}\nx\n:::", ["SPC-019 010-one.md:3:11+2"]),
    ("::: details\n:::", ["SPC-021 010-one.md:3:1+11"]),
    ("::: reflection {#r} Title\nx\n:::", ["SPC-024 010-one.md:3:20+6"]),
    ("::: reflection Think {#r}\nx\n:::", ["SPC-024 010-one.md:3:16+5"]),
    ("## H {colour=x}", ["SPC-020 010-one.md:3:7+8"]),
    ("word [w]{colour=x}", ["SPC-020 010-one.md:3:10+8"]),
    ("{#alone}", ["SPC-019 010-one.md:3:1+8"]),
    ("![a](m.svg) {#x}", ["SPC-019 010-one.md:3:13+4"]),
    ("a ![a](m.svg 'cap') b", ["SPC-024 010-one.md:3:3+1"]),
    ("a {#b} c", ["SPC-038 010-one.md:3:3+4"]),
    ("## Title{#b}", ["SPC-038 010-one.md:3:9+4"]),
    ("- a {.b}\n  c", ["SPC-038 010-one.md:3:5+4"]),
    ("see [x](my plan.pdf) now", ["SPC-038 010-one.md:3:5+16"]),
    ("![x](my picture.svg)", ["SPC-038 010-one.md:3:2+19"]),
    ("see [x] (010-one.md#a) now", ["SPC-038 010-one.md:3:5+18"]),
    ("see [x] (https://example.org) now", ["SPC-038 010-one.md:3:5+25"]),
    ("see [x](<my plan.pdf>#a) now", ["SPC-038 010-one.md:3:5+20"]),
    ("a word [1] (see below)", []),
    ("see [x][nope] now", ["SPC-038 010-one.md:3:5+9"]),
    ("as shown before [3][12], the cell table[i][j], words [...][...] left out", []),
    ("- [ ] a\n- [x] b", ["SPC-038 010-one.md:3:3+3", "SPC-038 010-one.md:4:3+3"]),
    ("[x] means that it is right", []),
    ("so ~~gone~~ now ~~ here", ["SPC-038 010-one.md:3:4+8"]),
    (":: note\nx\n::", ["SPC-038 010-one.md:3:1+7"]),
    ("a\n\n    ::: note\n    x\n    :::", ["SPC-038 010-one.md:5:5+8"]),
    ("::: table {src=t.csv}\nCap {#b}\n:::", ["SPC-027 010-one.md:3:1+9", "SPC-021 010-one.md:4:5+4"]),
    ("a<br>b", ["SPC-038 010-one.md:3:2+4"]),
    ("a <Font color='red'>b", ["SPC-038 010-one.md:3:3+18"]),
    ("List<String> and 3 < b > 2 and \\<b> and `<b>`", []),
    ("<!-- note to self -->", ["SPC-038 010-one.md:3:1+21"]),
    ("##Title", ["SPC-038 010-one.md:3:1+7"]),
    ("#hashtag, ##1", []),
    ("| a | b |\n| c | d |", ["SPC-038 010-one.md:3:1+9"]),
    ("| a | b |\n| c | d |\n: Words", ["SPC-038 010-one.md:3:1+9"]),
    ("a | b", []),
    ("::: question {#q}\nA [[b]] and [[c] or d]].\n:::", ["SPC-038 010-one.md:4:13+4"]),
    ("```py title\nx\n```", ["SPC-024 010-one.md:3:1+11"]),
    ("[^no] text", ["SPC-028 010-one.md:3:1+5"]),
    ("text\n\n[^un]: used", ["SPC-028 010-one.md:5:1+11"]),
    ("a[^x]\n\n[^x]: one\n\n[^x]: two", ["SPC-024 010-one.md:7:1+9"]),
    ("text\n\n[un]: https://used.org", ["SPC-024 010-one.md:5:1+22"]),
    ("[a]\n\n[a]: https://x.org\n[a]: https://y.org", ["SPC-024 010-one.md:6:1+18"]),
    ("a\fb and \x01", ["SPC-035 010-one.md:3:2+1"]),
    (">" * 60 + " deep", ["SPC-017 010-one.md:3:1+65"]),
    ("*a " * 40 + "a*" * 40, ["SPC-017 010-one.md:3:1+200"]),
]


@pytest.mark.parametrize(("body", "found"), MISTAKES)
def test_a_mistake_is_found_at_its_place(tmp_path: Path, body: str, found: list[str]) -> None:
    assert said(load(tmp_path, f"# T\n\n{body}\n", {"steps/m.svg": "<svg/>"})) == found


def test_help_says_what_to_do(tmp_path: Path) -> None:
    for body, _ in MISTAKES:
        for item in diagnostics(load(tmp_path, f"# T\n\n{body}\n")):
            assert item.help and item.message[0] in "`0123456789" + "abcdefghijklmnopqrstuvwxyz", item


def test_did_you_mean(tmp_path: Path) -> None:
    helps = {
        item.help
        for item in diagnostics(load(tmp_path, "# T\n\n::: nte {titel=x}\n:::\n\n::: tip {titel=x}\n:::\n"))
    }
    assert {"did you mean `note`?", "did you mean `title`?"} <= helps


# --- the step -----------------------------------------------------------------------------------------


def test_the_title_is_the_first_heading_and_leaves_the_text(tmp_path: Path) -> None:
    loaded = load(tmp_path, "Before.\n\n# The *title*\n\nAfter.\n\n# Another\n")
    assert loaded.course and not loaded.findings
    (step,) = loaded.course.steps
    assert step.title == "The title" and plain(step.blocks) == "Before. After. Another"


def test_front_matter(tmp_path: Path) -> None:
    loaded = load(tmp_path, "---\nid: a-b\ntitle: No 1\nminutes: 6\nrequired: false\n---\n# Stays\n")
    assert loaded.course and not loaded.findings
    (step,) = loaded.course.steps
    assert (step.id, step.title, step.minutes, step.required) == ("a-b", "No 1", 6, False)
    assert [type(block) for block in step.blocks] == [Heading]


@pytest.mark.parametrize(
    ("step", "found"),
    [
        ("text\n", ["SPC-012 010-one.md:1:1+1"]),
        ("---\ntitle: x\n", ["SPC-011 010-one.md:1:1+3"]),
        ("---\njust text\n---\n# T\n", ["SPC-011 010-one.md:2:1+9"]),
        ("---\ntitel: x\n---\n# T\n", ["SPC-005 010-one.md:2:1+5"]),
        ("---\ntitle: x\nminutes: six\n---\n", ["SPC-006 010-one.md:3:10+3"]),
        ("---\ntitle: x\nid: A b\n---\n", ["SPC-022 010-one.md:3:5+3"]),
        ("---\ntitle: x\nrequired: no\n---\n", ["SPC-006 010-one.md:3:11+2"]),
        ("---\ntitle: x: y\n---\n# T\n", ["SPC-003 010-one.md:2:9+1"]),
        ("", ["SPC-012 010-one.md:1:1+1"]),
        ("\n---\ntitle: x\n---\n# T\n", ["SPC-011 010-one.md:2:1+3"]),
    ],
)
def test_front_matter_and_title_mistakes(tmp_path: Path, step: str, found: list[str]) -> None:
    loaded = load(tmp_path, step)
    got = said(loaded)
    assert [
        line for line in got if not line.startswith("SPC-012") or found == ["SPC-012 010-one.md:1:1+1"]
    ] == found


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("010-Über uns", "uber-uns"),
        ("7 Tea_Time", "tea-time"),
        ("intro", "intro"),
        ("02.b-c", "b-c"),
        ("2026-plan", "plan"),
    ],
)
def test_ids_from_file_names(tmp_path: Path, name: str, made: str) -> None:
    loaded = load(tmp_path, files={f"steps/{name}.md": "# A\n"})
    assert loaded.course and made in [step.id for step in loaded.course.steps]


def test_a_name_without_letters_gives_no_id(tmp_path: Path) -> None:
    assert said(load(tmp_path, files={"steps/020-茶.md": "# A\n"})) == ["SPC-023 020-茶.md:1:1+1"]


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    text = "---\ntitle: T\n---\n| a |\n|---|\n| b |\n: c\n\n::: note\nx\ny\n:::\n"
    plainly = load(tmp_path / "a", text).course
    windows = load(tmp_path / "b", b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()).course
    assert plainly and windows and plainly.steps == windows.steps


def test_lost_pictures_are_in_the_model(tmp_path: Path) -> None:
    loaded = load(tmp_path, "# T\n\n![x](media/none.svg)\n")
    assert loaded.course and codes(loaded) == set()
    (image,) = (image for _, image in each(loaded.course.steps, Image))
    assert image.source == LostTarget("media/none.svg", "there is no file `media/none.svg`")
