"""Write a quiz of eight questions for each lesson, for a learning platform to import.

python -m kl_lessons.tools.quiz FOLDER

FOLDER gets two files for each lesson that has exercises: LESSON.xml in Moodle's format, and
LESSON.zip, a QTI 2.1 package. The questions are the lesson's exercises: their letters, or their
answers with the known mistakes as wrong answers, each with its own feedback.
"""

import sys
from pathlib import Path

from kl_lessons.tools import moodle, qti
from kl_lessons.tools.questions import lessons_with_exercises, quiz


def main(arguments: list[str]) -> int:
    """Write the quizzes to the folder that is named."""
    if len(arguments) != 1:
        sys.exit(__doc__.split("\n\n")[1])
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for lesson in lessons_with_exercises():
        questions = quiz(lesson)
        text = moodle.document(f"KL divergence {lesson.stem.replace('_', ' ')}", questions)
        (folder / f"{lesson.stem}.xml").write_text(text, encoding="utf-8", newline="\n")
        qti.write(folder / f"{lesson.stem}.zip", questions)
        print(f"{lesson.stem}: {len(questions)} questions")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
