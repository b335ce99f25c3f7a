"""A quiz as Moodle XML, which Moodle's question bank imports."""

from xml.etree import ElementTree

from kl_lessons.tools.questions import Option, Question


def document(title: str, questions: list[Question]) -> str:
    """The file's text: a category of that title, and the questions in it."""
    quiz = ElementTree.Element("quiz")
    category = ElementTree.SubElement(quiz, "question", type="category")
    _text(ElementTree.SubElement(category, "category"), f"$course$/top/{title.replace('/', '//')}")
    for question in questions:
        _add(quiz, question)
    ElementTree.indent(quiz)
    return ElementTree.tostring(quiz, encoding="unicode", xml_declaration=True) + "\n"


def _add(quiz: ElementTree.Element, question: Question) -> None:
    kind = "numerical" if question.tolerance else "multichoice"
    element = ElementTree.SubElement(quiz, "question", type=kind)
    _text(ElementTree.SubElement(element, "name"), question.name)
    _text(ElementTree.SubElement(element, "questiontext", format="html"), question.text)
    if kind == "multichoice":
        settings = {"single": "true", "shuffleanswers": "false", "answernumbering": "abc"}
        for name, value in settings.items():
            ElementTree.SubElement(element, name).text = value
    for option in question.options:
        _add_answer(element, option, question.tolerance)
    for hint in question.hints:
        _text(ElementTree.SubElement(element, "hint", format="html"), hint)


def _add_answer(question: ElementTree.Element, option: Option, tolerance: float) -> None:
    form = "moodle_auto_format" if tolerance else "html"
    fraction = "100" if option.right else "0"
    answer = ElementTree.SubElement(question, "answer", fraction=fraction, format=form)
    _text(answer, option.text)
    if tolerance:
        ElementTree.SubElement(answer, "tolerance").text = f"{tolerance:.6f}"
    _text(ElementTree.SubElement(answer, "feedback", format="html"), option.feedback)


def _text(element: ElementTree.Element, text: str) -> None:
    ElementTree.SubElement(element, "text").text = text
