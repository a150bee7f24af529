"""The parts of a course's page: names, policy, and the markup that the runtime relies on."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

import every_block
import pytest
from built_pages import Built, build
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from msgspec.structs import replace

from coursepack.site.page import connections, content_policy
from coursepack.site.style import minify, stylesheet
from coursepack.site.tables import table_rows
from coursepack.spec.model import (
    Attributes,
    Cell,
    Heading,
    Link,
    Paragraph,
    Row,
    Step,
    Table,
    Text,
    WebTarget,
)


def test_the_page_comes_first_and_every_name_holds_the_hash_of_its_content(built: Built) -> None:
    names = [part.name for part in built.parts]
    assert names[0] == "index.html"
    assert len(names) == len(set(names))
    for part in built.parts[1:]:
        found = re.fullmatch(r"(?:[\w-]+/)?[\w-]+-([0-9a-f]{8})\.[a-z0-9]+", part.name)
        assert found, part.name
        assert hashlib.sha256(part.data).hexdigest().startswith(found[1])


def test_the_same_course_gives_the_same_parts(built: Built) -> None:
    assert build(built.course).parts == built.parts


def test_a_target_changes_nothing_but_its_own_script_and_driver(built: Built) -> None:
    other = build(built.course, "scorm12", "scorm12")
    assert other.config == {**built.config, "target": "scorm12"}
    own = re.compile(r"index\.html|runtime-.*|course-.*")
    assert [p for p in other.parts if not own.fullmatch(p.name)] == [
        p for p in built.parts if not own.fullmatch(p.name)
    ]


def test_the_policy_allows_this_style_and_this_package_alone(built: Built) -> None:
    style = built.tree(0).findtext(".//style") or ""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = built.tree(0).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == (
        f"default-src 'none'; script-src 'self'; style-src 'sha256-{digest}'; img-src 'self' data:; "
        "media-src 'self'; font-src 'self'; connect-src 'none'; form-action 'none'; base-uri 'none'"
    )


def test_a_launch_that_names_an_lrs_may_reach_it() -> None:
    for driver, allowed in {"web": "'none'", "scorm12": "'none'", "cmi5": "https: http:"}.items():
        assert f"; connect-src {allowed};" in content_policy("", connections(driver, None))


def test_nothing_is_asked_for_before_the_first_text_but_the_deferred_runtime(built: Built) -> None:
    head = built.tree(0).find("head")
    assert head is not None
    (script,) = head.findall("script")
    assert "defer" in script.attrib
    assert script.get("src") == next(p.name for p in built.parts if p.name.startswith("runtime-"))
    for name in ("course", "state", "player", "print"):
        assert script.get(f"data-{name}") == next(
            p.name for p in built.parts if p.name.startswith(f"{name}-")
        )
    assert [link.get("href") for link in head.findall("link")] == ["data:,"]
    assert not built.tree(0).xpath("//body//script")


def test_the_first_step_is_in_the_page_and_the_others_in_their_scripts(built: Built) -> None:
    assert [step["html"] is None for step in built.steps] == [True, False, False]
    assert [step["src"] for step in built.config["steps"]] == [
        part.name for part in built.parts if part.name.startswith("steps/")
    ]
    assert built.config["older"] in [part.name for part in built.parts]


def test_no_style_or_script_is_written_into_elements(built: Built) -> None:
    for number in range(3):
        for element in built.tree(number).iter():
            if isinstance(element.tag, str):
                assert not [name for name in element.attrib if name == "style" or name.startswith("on")]


def test_ids_are_unique_over_the_whole_course_and_references_lead_somewhere(built: Built) -> None:
    frame = built.tree(0)
    seen = frame.xpath("//@id")
    for number in (1, 2):
        (article,) = built.tree(number).xpath("//article")
        seen += article.xpath("descendant-or-self::*/@id")
    assert len(seen) == len(set(seen))
    for number in range(3):
        tree = built.tree(number)
        for name in ("aria-describedby", "aria-labelledby", "for"):
            for value in tree.xpath(f"//@{name}"):
                assert set(value.split()) <= set(seen), value
        for link in tree.xpath("//main//a[starts-with(@href, '#')]"):
            assert link.get("href")[1:] in seen


def test_a_step_whose_id_the_page_needs_gets_another_one(built: Built) -> None:
    assert built.steps[2]["html"] is not None
    (article,) = built.tree(2).xpath("//article")
    assert article.get("id") == "step-next"
    assert built.tree(0).xpath("//nav[@id='steps']//a/@href") == ["#prose", "#practice", "#step-next"]


@pytest.mark.parametrize(
    ("kind", "controls"),
    [
        ("choice", "div[@class='options']/div[@class='option'][@data-option]/input[@type='radio']"),
        ("multiple", "div[@class='options']/div[@class='option'][@data-option]/input[@type='checkbox']"),
        ("likert", "div[contains(@class, 'scale')]/div[@class='option']/input[@type='radio']"),
        ("true-false", "div[@class='options']/div[@data-option='false']/input[@value='false']"),
        ("fill-in", "p/input[@type='text'][@maxlength='40'][not(@inputmode)]"),
        ("numeric", "p/input[@type='text'][@maxlength][@inputmode='decimal']"),
        (
            "cloze",
            "div[@class='cloze']//span[@class='gap']/label[@class='vh']/following-sibling::input[@data-gap]",
        ),
        ("matching", "ul[@class='pairs']/li[@data-pair]/select[@data-pair][@aria-labelledby]"),
        ("order", "ol[@class='order']/li[@data-item]/button[@data-move='up'][@aria-label]"),
    ],
)
def test_each_type_of_question_has_its_controls(built: Built, kind: str, controls: str) -> None:
    form = built.tree(1).xpath(f"//form[@data-type='{kind}']")[0]
    data = next(item for item in built.steps[1]["questions"] if item["type"] == kind)
    n = data["n"]
    assert form.get("id") == f"q{n}"
    assert form.get("data-question") == str(n)
    assert "novalidate" in form.attrib
    fieldset = form.find("fieldset")
    assert fieldset.find("legend") is fieldset[0]
    assert fieldset.xpath(controls)
    assert f"q{n}-message" in fieldset.get("aria-describedby").split()
    assert form.xpath("p[@class='message'][@hidden]/@id") == [f"q{n}-message"]
    assert form.xpath("div[@class='actions']/button[@type='submit']")
    assert form.xpath("div[@class='actions']/button[@class='retry'][@hidden]")
    assert form.xpath("div[@class='verdict'][@role='status']")


def test_controls_carry_permanent_numbers(built: Built) -> None:
    for data in built.steps[1]["questions"]:
        form = built.tree(1).xpath(f"//form[@id='q{data['n']}']")[0]
        wanted: dict[str, list[Any]] = {
            "data-option": [item["n"] for item in data.get("options", [])],
            "data-gap": [item["n"] for item in data.get("gaps", [])],
            "data-item": [item["n"] for item in data.get("items", [])],
        }
        for name, numbers in wanted.items():
            if data["type"] != "true-false":
                assert sorted(map(int, form.xpath(f".//@{name}"))) == sorted(numbers)
        for pair in data.get("pairs", []):
            values = form.xpath(f".//select[@data-pair='{pair['n']}']/option/@value")
            assert values[0] == "0"
            assert sorted(map(int, values[1:])) == sorted({other["to"] for other in data["pairs"]})


def test_the_stem_comes_before_its_last_paragraph_which_is_the_legend(built: Built) -> None:
    form = built.tree(1).xpath("//form[@data-type='multiple']")[0]
    assert form.find("div").get("class") == "stem"
    assert form.find("div").find("figure") is not None
    legend = form.find("fieldset").find("legend")
    assert legend.text_content() == "Which of these should you weigh up before you speak?"
    assert f"{form.get('id')}-stem" in form.find("fieldset").get("aria-describedby").split()


def test_questions_of_a_bank_wait_hidden(built: Built) -> None:
    quiz = built.tree(2).xpath("//section[@data-quiz]")[1]
    assert len(quiz.xpath("form[@hidden]")) == 2
    assert quiz.get("aria-label") == "Quiz"
    assert quiz.xpath("div[@class='quiz-actions']/button[@data-quiz-submit][@hidden]")
    assert quiz.xpath("div[@class='quiz-result'][@tabindex='-1'][@hidden]")


def test_a_cell_that_reaches_down_is_carried_into_the_rows_it_covers(built: Built) -> None:
    rows = built.tree(0).xpath("//table[@id='s1-how-they-sound']/tbody/tr")
    assert [row.get("data-follows") for row in rows] == [
        None,
        "Calling in sounds like: “What did you mean by that?”",
        None,
    ]
    assert not any("data-carried" in row.attrib for row in rows)
    assert rows[2][0].get("data-label") == "Calling out sounds like, Calling in sounds like"
    assert built.tree(0).xpath("//tbody//th/@scope") == ["row", "row"]


def test_what_is_carried_keeps_its_side_of_the_rows_own_cells() -> None:
    def cell(text: str, down: int = 1) -> Cell:
        return Cell((Text(text),), rowspan=down)

    table = Table(
        Row((cell("A"), cell("B"), cell("C"))),
        (Row((cell("left", 2), cell("one"), cell("right", 2))), Row((cell("two"),))),
    )
    assert [(row.carried, row.follows) for row in table_rows(table)] == [("", ""), ("A: left", "C: right")]


def test_pictures_have_their_size_and_only_later_steps_wait_for_them(built: Built) -> None:
    (first,) = built.tree(0).xpath("//main//img")
    assert (first.get("width"), first.get("height"), first.get("loading")) == ("672", "252", None)
    (later,) = built.tree(1).xpath("//main//img")
    assert later.get("loading") == "lazy"


def test_footnotes_lead_there_and_back(built: Built) -> None:
    notes = built.tree(0).xpath("//section[@class='footnotes']//li")
    assert [len(note.xpath(".//a[@role='doc-backlink']")) for note in notes] == [2, 1]


def test_words_that_are_not_in_the_courses_language_say_so(tmp_path: Path) -> None:
    tree = build(every_block.course(tmp_path, "ar")).tree(1)
    assert (tree.get("lang"), tree.get("dir")) == ("ar", "rtl")
    for button in tree.xpath("//button[normalize-space()]"):
        marked = button.xpath("descendant-or-self::*[@lang='en'] | ancestor::*[@lang='en']")
        assert marked, html.tostring(button)
    english = build(every_block.course(tmp_path, "en-GB")).tree(1)
    assert not english.xpath("//*[@lang='en']")


def test_the_page_of_a_long_course_stays_small(built: Built) -> None:
    step = Step("s", "A title of middling length", "s.md", (Paragraph((Text("Words."),)),))
    few, many = (
        len(
            build(
                replace(built.course, banks=(), steps=tuple(replace(step, id=f"step-{i}") for i in range(n)))
            ).index
        )
        for n in (1, 101)
    )
    assert (many - few) / 100 < 165
    assert len(stylesheet()) < 15_000


def test_a_package_carries_no_words_that_it_never_says(built: Built) -> None:
    step = Step("s", "A step", "s.md", (Paragraph((Text("Words."),)),))
    plain = set(build(replace(built.course, banks=(), steps=(step,))).config["words"])
    full = set(built.config["words"])
    by_type = ("order.", "message.number", "message.gaps", "message.match")
    idle = ("quiz.", "result.", "reflection.", "statements.", "todo.pass", *by_type)
    assert not any(key.startswith(idle) for key in plain)
    assert {key for key in full if not key.startswith(idle)} == plain
    assert {"quiz.again", "result.score", "reflection.room", "order.moved", "message.gaps"} <= full
    by_policy = {"quiz.again-wrong": "wrong", "result.best": "best", "result.practice": "first"}
    policies = {quiz[name] for quiz in built.config["quizzes"] for name in ("retry", "counts")}
    assert {key for key in by_policy if key in full} == {
        key for key, at in by_policy.items() if at in policies
    }


def test_the_style_sheet_shrinks_without_loss() -> None:
    css = """a > b , c :hover { color: red ; /* no */ content: "a  ;  b /* kept */" }
    @media (a) and (b) { d { e: f + 1; } }
    g + h, g + .i, g ~ h { j: k }"""
    assert minify(css) == (
        'a>b,c :hover{color:red;content:"a  ;  b /* kept */"}@media (a) and (b){d{e:f + 1}}g+h,g+.i,g~h{j:k}'
    )


PIECES = [
    *("<b>", "</p>", "</title>", "<!--", "-->", "&lt;b&gt;", '"><b>', "'", '" onload="x', "{{ 7 }}"),
    *("\u2028", "é "),
]
HOSTILE = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HOSTILE)
def test_no_text_of_an_author_becomes_markup(built: Built, text: str) -> None:
    def with_text(words: str) -> html.HtmlElement:
        inlines = (Text(words), Link(WebTarget(f"https://example.org/{words}"), (Text(words),), title=words))
        blocks = (Heading(2, inlines, Attributes(lang=words, classes=(words,))), Paragraph(inlines))
        step = Step("only", words, "s.md", (*blocks, every_block.choice("q")), minutes=1)
        settings_ = built.course.settings.model_copy(update={"title": words, "credit": words})
        return build(replace(built.course, settings=settings_, steps=(step,), banks=())).tree(0)

    def shape(tree: html.HtmlElement) -> list[tuple[object, list[str]]]:
        return [(element.tag, sorted(element.attrib)) for element in tree.iter()]

    assert shape(with_text(text)) == shape(with_text("plain"))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", " javascript:x"])
def test_no_link_runs_a_script(built: Built, url: str) -> None:
    step = Step("only", "One", "s.md", (Paragraph((Link(WebTarget(url), (Text("words"),)),)),))
    tree = build(replace(built.course, steps=(step,), banks=())).tree(0)
    assert not tree.xpath("//main//p/a")
    assert "words" in tree.xpath("string(//main)")
