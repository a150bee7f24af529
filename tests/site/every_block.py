"""A course made by hand that holds every block and every type of question."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from coursepack.lock import Register, assign
from coursepack.spec.model import (
    Attributes,
    Bank,
    Block,
    Blocks,
    Callout,
    Cell,
    Choice,
    Cloze,
    ClozeGap,
    Code,
    CodeBlock,
    Course,
    CourseFile,
    Definition,
    DefinitionList,
    Details,
    Draw,
    Emphasis,
    Feedback,
    Figure,
    FileTarget,
    FillIn,
    FootnoteReference,
    FragmentTarget,
    Gap,
    Heading,
    Image,
    Inlines,
    Likert,
    LineBreak,
    Link,
    List,
    ListItem,
    Matching,
    NumberRange,
    Numeric,
    Option,
    Order,
    OrderItem,
    Pair,
    Paragraph,
    Question,
    Quiz,
    Quote,
    Reflection,
    Row,
    Spanned,
    Step,
    StepTarget,
    Strong,
    Table,
    Text,
    ThematicBreak,
    TrueFalse,
    WebTarget,
)
from coursepack.spec.settings import Settings

SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 240">
<rect width="640" height="240" fill="#dbe7e4"/><path d="M40 200 Q 320 20 600 200" fill="none" stroke="#1d5c54"
stroke-width="12"/><circle cx="320" cy="110" r="26" fill="#c2562f"/></svg>"""


def numbers(course: Course) -> Register:
    """The permanent numbers that a first build gives."""
    return assign(course, Register())


def words(text: str) -> Inlines:
    return (Text(text),)


def paragraph(*inlines: str | Inlines) -> Paragraph:
    children = [item for part in inlines for item in (words(part) if isinstance(part, str) else part)]
    return Paragraph(tuple(children))


def cells(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(words(text) if text else ()) for text in texts)


def prose_step() -> Step:
    listed = List(
        ordered=False,
        items=(
            ListItem((paragraph("Who is in the room, and who is missing from it."),)),
            ListItem((paragraph("What you want to happen next:"), nested_list())),
            ListItem((paragraph("How much time you have."),)),
        ),
    )
    blocks: tuple[Block, ...] = (
        paragraph(
            "Every meeting has a moment when somebody says the thing that others think. This step shows ",
            (Emphasis(words("every")), Text(" kind of "), Strong(words("block")), Text(", with ")),
            (
                Code("inline code"),
                Text(", a "),
                Link(WebTarget("https://example.org/a?b=1&c=2"), words("link out")),
            ),
            (Text(", a "), Link(StepTarget("practice"), words("link to the next step"))),
            (
                Text(", a "),
                Link(FragmentTarget("how-they-sound"), words("link to the table")),
                FootnoteReference(1),
            ),
            (Text(" and "), Spanned(words("un mot français"), Attributes(lang="fr")), Text(".")),
        ),
        Heading(2, words("A heading of the second level"), Attributes(id="second")),
        paragraph("A short paragraph.", (LineBreak(), Text("A line after a hard break."))),
        listed,
        List(
            ordered=True,
            start=3,
            tight=False,
            items=(
                ListItem(
                    (paragraph("A loose list starts at three."), paragraph("Its items hold paragraphs."))
                ),
                ListItem((paragraph("And this is the fourth."),)),
            ),
        ),
        Quote((paragraph("Nothing about us without us."),), words("a saying of the disability movement")),
        Quote((paragraph("A quotation that nobody signed."),)),
        Heading(3, words("Tables")),
        plain_table(),
        merged_table(),
        Figure(
            Image(FileTarget("media/arc.svg"), "An arc that rises and falls, with a point at its top"),
            words("The course of a difficult conversation"),
        ),
        Heading(3, words("Callouts")),
        Callout("note", (paragraph("A note adds something worth knowing."),)),
        Callout("tip", (paragraph("A tip helps you do it."),), words("Start small")),
        Callout("warning", (paragraph("A warning keeps you from harm."),)),
        Callout("key-point", (paragraph("A key point is what to remember."),)),
        Details(words("What is inside?"), (paragraph("Words for those who want to know more."),)),
        Heading(3, words("Definitions")),
        DefinitionList(
            (
                Definition((words("Calling out"),), ((paragraph("Naming harm in public, at once."),),)),
                Definition(
                    (words("Calling in"), words("Taking aside")),
                    ((paragraph("Asking, later, in private."),),),
                ),
            )
        ),
        CodeBlock(
            "if heard:\n    answer(kindly)  # a long comment has to wrap on a phone, not scroll the page",
            "python",
        ),
        ThematicBreak(),
        paragraph(
            (
                Link(FileTarget("media/Hand out (v2).pdf"), words("Hand-out to print")),
                FootnoteReference(1),
                FootnoteReference(2),
            )
        ),
    )
    notes: tuple[Blocks, ...] = (
        (paragraph("The first note, referred to twice."),),
        (paragraph("The second note."),),
    )
    return Step("prose", "Two ways to respond", "steps/010-prose.md", blocks, notes, minutes=7)


def nested_list() -> List:
    return List(
        ordered=True,
        items=(
            ListItem((paragraph("stop the harm"),)),
            ListItem((paragraph("keep the relationship"),)),
        ),
    )


def plain_table() -> Table:
    return Table(
        Row(cells("", "Calling out", "Calling in")),
        (
            Row(cells("Where", "in public", "in private")),
            Row(cells("When", "at once", "")),
        ),
        words("Two ways compared"),
        header_column=True,
    )


def merged_table() -> Table:
    return Table(
        Row(cells("Calling out sounds like", "Calling in sounds like")),
        (
            Row((*cells("“Stop there, please.”"), Cell(words("“What did you mean by that?”"), rowspan=2))),
            Row(cells("“I am not going to laugh at that.”")),
            Row((Cell(words("“Let us talk about it.” — works for both"), colspan=2, align="center"),)),
        ),
        words("How the two sound in practice"),
        attributes=Attributes(id="how-they-sound"),
    )


def options(*labels: tuple[str, bool, str]) -> tuple[Option, ...]:
    return tuple(
        Option(words(label), right, feedback=(paragraph(said),) if said else ())
        for label, right, said in labels
    )


def choice(name: str, **settings: object) -> Question:
    return Question(
        name,
        (paragraph("A colleague repeats a stereotype in a meeting. Which reply calls them in?"),),
        Choice(
            options(
                ("“That is not who we are here.”", False, "That sets a boundary in public: it calls out."),
                ("“What did you mean by that?”", True, "Yes. A question opens a conversation."),
                ("Say nothing, and hope that somebody else will.", False, ""),
            )
        ),
        feedback=Feedback(always=(paragraph("Both have their place; the setting decides."),)),
        **settings,  # type: ignore[arg-type]
    )


def practice_step() -> Step:
    blocks: tuple[Block, ...] = (
        paragraph("One question of each type."),
        choice("first-reply", attempts=2),
        Question(
            "which-two",
            (
                Figure(Image(FileTarget("media/arc.svg"), "An arc that rises and falls")),
                paragraph("The picture shows a conversation."),
                paragraph("Which of these should you weigh up before you speak?"),
            ),
            Choice(
                options(
                    ("Whether you are safe", True, "Yes."),
                    ("Whether they are popular", False, ""),
                    ("How urgent it is", True, ""),
                ),
                multiple=True,
                partial=True,
            ),
            points=Decimal(2),
            hint=(paragraph("Two of them are right."),),
        ),
        Question(
            "silence",
            (paragraph("A silent manager has stayed neutral."),),
            TrueFalse(False),
            feedback=Feedback(
                correct=(paragraph("Right: silence is an answer too."),),
                incorrect=(paragraph("It may feel so."),),
            ),
        ),
        Question(
            "year", (paragraph("Which word names a talk in private?"),), FillIn(("calling in", "call in"))
        ),
        Question(
            "gaps",
            (
                paragraph(
                    (
                        Text("Calling "),
                        Gap(0),
                        Text(" happens in public, calling "),
                        Gap(1),
                        Text(" in private."),
                    )
                ),
            ),
            Cloze((ClozeGap(("out",)), ClozeGap(("in",)))),
        ),
        Question(
            "minutes",
            (paragraph("How many minutes did Jo need?"),),
            Numeric((NumberRange(Decimal(10), Decimal(10)),)),
        ),
        Question(
            "pairs",
            (paragraph("Match the words with what they do."),),
            Matching(
                (
                    Pair(words("“Stop there, please.”"), words("calls out")),
                    Pair(words("“What did you mean?”"), words("calls in")),
                    Pair(words("“We do not say that here.”"), words("calls out")),
                )
            ),
        ),
        Question(
            "moves",
            (paragraph("Put the moves in the order in which they help most."),),
            Order(
                (
                    OrderItem(words("Pause")),
                    OrderItem(words("Listen")),
                    OrderItem(words("Acknowledge what you did")),
                )
            ),
        ),
        Question(
            "scale",
            (paragraph("How likely is it that you would say something?"),),
            Likert(
                options(
                    ("Not at all", False, ""),
                    ("Perhaps", False, ""),
                    ("Probably", False, ""),
                    ("Certainly", False, ""),
                )
            ),
        ),
        Reflection(
            "a-time",
            (
                paragraph("This one is for you."),
                paragraph("Think of a time you wanted to speak up. What happened, and how did it feel?"),
            ),
            min_words=20,
        ),
        Reflection("a-secret", (paragraph("What held you back?"),), private=True),
        Reflection("a-note", (paragraph("A note to yourself."),), keep="browser"),
    )
    return Step("practice", "Practice: one of each", "steps/020-practice.md", blocks, required=False)


def quiz_step() -> Step:
    blocks: tuple[Block, ...] = (
        paragraph("Six short questions."),
        Quiz(
            "check",
            (
                choice("one"),
                paragraph("Some prose between the questions."),
                choice("two", points=Decimal("1.5")),
            ),
            title="Check yourself",
            attempts=3,
        ),
        Quiz("drawn", (), pass_score=Decimal("0.675"), draw=Draw(1, "more"), feedback="end"),
    )
    return Step("next", "Check what you have learned & go on", "steps/030-check.md", blocks)


def course(folder: Path, language: str = "en-GB") -> Course:
    """The course; its two files are written into `folder`."""
    files = {}
    for path, data in (
        ("media/arc.svg", SVG),
        ("media/Hand out (v2).pdf", b"%PDF-1.4 a stand-in of some bytes"),
    ):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        files[path] = CourseFile(path, file, len(data))
    settings = Settings.model_validate(
        {
            "spec": 1,
            "id": "https://example.org/courses/every-block",
            "title": "Every block there is",
            "language": language,
            "description": "A course that shows what a course can show.",
            "authors": ["Example Learning Team"],
            "credit": "Built on nothing but its own words.",
            "rights": "CC BY 4.0",
            "pass": {"score": "80%"},
        }
    )
    bank = Bank("more", "questions/more.yaml", (choice("three"), choice("four")))
    return Course(settings, (prose_step(), practice_step(), quiz_step()), (bank,), files)
