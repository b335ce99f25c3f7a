"""The quizzes: what platforms read in the files, graded as they grade, against the solutions."""

import re
import zipfile
from xml.etree import ElementTree

import numpy as np
import pytest

from kl_lessons import exercises
from kl_lessons.tools import questions, quiz
from kl_lessons.tools.save_lessons import read

LESSONS = questions.lessons_with_exercises()
EACH = pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
PACKAGE = "{http://www.imsglobal.org/xsd/imscp_v1p1}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The folder that the command has written."""
    folder = tmp_path_factory.mktemp("quiz")
    assert quiz.main([str(folder)]) == 0
    return folder


def moodle(folder, lesson):
    """The questions of the lesson's Moodle file, without the category."""
    root = ElementTree.parse(folder / f"{lesson.stem}.xml").getroot()
    assert root.tag == "quiz"
    first, *rest = root
    assert (first.get("type"), first.findtext("category/text")[:12]) == ("category", "$course$/top")
    return rest


def items(folder, lesson):
    """The items of the lesson's QTI package, in the manifest's order."""
    with zipfile.ZipFile(folder / f"{lesson.stem}.zip") as package:
        manifest = ElementTree.fromstring(package.read("imsmanifest.xml"))
        listed = [resource.get("href") for resource in manifest.iter(f"{PACKAGE}resource")]
        assert sorted(package.namelist()) == sorted([*listed, "imsmanifest.xml"])
        return [ElementTree.fromstring(package.read(name)) for name in listed]


def graded_by_moodle(question, response):
    """(fraction, feedback) of a number or the text of an option: the first answer that fits."""
    for answer in question.iter("answer"):
        text, tolerance = answer.findtext("text"), answer.findtext("tolerance")
        near = tolerance and abs(float(response) - float(text)) <= float(tolerance)
        if near or (not tolerance and text == response):
            return int(answer.get("fraction")), answer.findtext("feedback/text")
    return 0, None


def graded_by_qti(item, response):
    """(score, feedback): what the item's own rules say of a response."""
    (condition,) = item.iter(f"{QTI}responseCondition")
    for case in condition:
        test, *settings = case
        value = test.findtext(f"{QTI}baseValue")
        if test.tag == f"{QTI}equal":
            below, above = map(float, test.get("tolerance").split())
            fits = float(value) - below <= float(response) <= float(value) + above
        else:
            fits = value == response
        if fits:
            found = {s.get("identifier"): s.findtext(f"{QTI}baseValue") for s in settings}
            return float(found["SCORE"]), said(item, found["FEEDBACK"])
    return 0.0, None


def said(item, identifier):
    (shown,) = (f for f in item.iter(f"{QTI}modalFeedback") if f.get("identifier") == identifier)
    return "".join(shown.itertext())


def solutions(lesson):
    """What the folded solutions of the lesson return, or the letter that they assert, by name."""
    namespace, found = {}, {}
    for cell in read(lesson).cells:
        if cell.id == "imports":
            exec(cell.source, namespace)
    for cell in read(lesson).cells:
        if "solution" not in cell.metadata.get("tags", []):
            continue
        name = cell.id.removeprefix("solution-").replace("-", ".")
        exercise = exercises._exercises(int(lesson.name[:2]))[name]
        if exercise.asks == "choice":
            found[name] = re.search(rf'is_right\("{name}", "(\w)"\)', cell.source)[1]
            continue
        exec(cell.source, namespace)
        solution = namespace[f"solution_of_{name.replace('.', '_')}"]
        inputs = exercise.inputs[0].values() if exercise.asks == "function" else ()
        given = [np.array(one) if isinstance(one, list) else one for one in inputs]
        found[name] = np.squeeze(np.asarray(solution(*given), dtype=float))
    return found


def numbers(text):
    """The numbers of a list as it is shown."""
    signs = {"−": "-", "∞": "inf"}
    for sign, typed in signs.items():
        text = text.replace(sign, typed)
    return [float(one) for one in text.strip("[]").split(", ")]


@EACH
def test_a_quiz_has_eight_questions_each_with_one_right_answer_and_wrong_ones(lesson):
    asked = questions.quiz(lesson)
    assert len(asked) == len({question.name for question in asked}) == 8
    for question in asked:
        assert question.right.feedback
        assert len(question.options) > 1, question.name
        texts = [option.text for option in question.options]
        assert len(set(texts)) == len(texts), question.name


@EACH
def test_the_right_answers_are_what_the_folded_solutions_of_the_lesson_give(lesson):
    solved = solutions(lesson)
    for question in questions.quiz(lesson):
        if question.name not in solved:
            kind = exercises._exercises(int(lesson.name[:2]))[question.name].asks
            assert kind == "prediction", question.name
        elif isinstance(solved[question.name], str):
            letter = "abcd"[question.options.index(question.right)]
            assert letter == solved[question.name]
        elif question.tolerance:
            assert abs(float(question.right.text) - solved[question.name]) < question.tolerance
        else:
            assert numbers(question.right.text) == pytest.approx(solved[question.name], abs=6e-5)


@EACH
def test_moodle_gives_full_marks_to_the_right_answer_alone(folder, lesson):
    asked = questions.quiz(lesson)
    for question, element in zip(asked, moodle(folder, lesson), strict=True):
        assert element.get("type") == ("numerical" if question.tolerance else "multichoice")
        assert [hint.findtext("text") for hint in element.iter("hint")] == list(question.hints)
        for option in question.options:
            graded = graded_by_moodle(element, option.text)
            assert graded == (100 * option.right, option.feedback), question.name


@EACH
def test_qti_scores_the_right_answer_alone_and_says_the_same(folder, lesson):
    asked = questions.quiz(lesson)
    for question, item in zip(asked, items(folder, lesson), strict=True):
        (declared,) = item.iter(f"{QTI}correctResponse")
        choices = [choice.get("identifier") for choice in item.iter(f"{QTI}simpleChoice")]
        for place, option in enumerate(question.options):
            response = option.text if question.tolerance else choices[place]
            score, feedback = graded_by_qti(item, response)
            plain = "".join(ElementTree.fromstring(f"<d>{option.feedback}</d>").itertext())
            assert (score, feedback) == (option.right, plain), question.name
            assert (declared.findtext(f"{QTI}value") == response) == option.right


@EACH
def test_four_decimals_are_enough_and_another_number_gets_nothing(folder, lesson):
    found = zip(questions.quiz(lesson), moodle(folder, lesson), items(folder, lesson), strict=True)
    for question, element, item in found:
        if question.tolerance:
            right = float(question.right.text)
            assert graded_by_moodle(element, f"{right:.4f}")[0] == 100, question.name
            assert graded_by_qti(item, f"{right:.4f}")[0] == 1, question.name
            far = f"{right + 1.01 * question.tolerance:.8f}"
            assert graded_by_moodle(element, far)[0] == graded_by_qti(item, far)[0] == 0


@EACH
def test_texts_are_html_with_formulas_in_brackets_and_no_word_of_a_cell(lesson):
    for question in questions.quiz(lesson):
        texts = [question.text, *question.hints]
        texts += [part for option in question.options for part in (option.text, option.feedback)]
        for text in texts:
            ElementTree.fromstring(f"<div>{text}</div>")
            assert "$" not in text, question.name
            assert text.count(r"\(") == text.count(r"\)")
            outside = re.sub(r"\\\(.*?\\\)|\\\[.*?\\\]", "", text, flags=re.DOTALL)
            assert "\\" not in outside, f"{question.name}: a formula stands outside of its brackets"
            assert not re.search(r"next cell|[^.]\.\.(?!\.)|Exercise \d", text), question.name


def test_the_parts_of_a_prompt_that_belong_to_the_notebook_are_left_out():
    prompt = "**Exercise 1.1** (warm-up). What is $p$? Write it in place of the dots; all is there."
    assert questions.without_label(questions.OF_THE_NOTEBOOK.sub("", prompt)) == "What is $p$?"
    assert questions.plain("It settles: run the next cell to see where.") == "It settles."
    assert questions.plain("Run the next cell, and see.") == "Right."
    assert questions.plain("Yes. And the next cell says why. So it is.") == "Yes. So it is."
    assert questions.plain("p > 0 is asked") == "p &gt; 0 is asked."


def test_options_are_read_from_a_line_and_from_a_list():
    inline = "Does it (a) rise, by 1.5, (b) fall, or (c) stay? (The axis is long.)"
    assert questions.option_texts(inline) == {"a": "rise, by 1.5", "b": "fall", "c": "stay"}
    listed = "What?\n\n- (a) One, or two.\n- (b) Three: why?\n"
    assert questions.option_texts(listed) == {"a": "One, or two.", "b": "Three: why?"}


def test_writing_twice_gives_the_same_bytes(folder, tmp_path):
    assert quiz.main([str(tmp_path)]) == 0
    names = sorted(path.name for path in folder.iterdir())
    assert names == sorted(f"{path.stem}.{end}" for path in LESSONS for end in ("xml", "zip"))
    for name in names:
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()


def test_without_a_folder_the_command_says_how_it_is_used():
    with pytest.raises(SystemExit, match="FOLDER"):
        quiz.main([])
