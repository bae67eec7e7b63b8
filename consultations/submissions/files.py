"""The files that participants add on the page where they check their answers."""

from collections.abc import Iterable, Mapping

from flask_babel import gettext
from werkzeug.datastructures import FileStorage

from consultations.questionnaires.kinds import KINDS
from consultations.questionnaires.structure import Question
from consultations.submissions.uploads import MOST_BYTES, Upload, UploadError, cleaned
from consultations.web.failures import sentence


def files_sent(
    asked: Iterable[Question], sent: Mapping[str, FileStorage]
) -> tuple[dict[str, Upload], dict[str, str]]:
    """The files by the names of their questions, cleaned, and what is wrong with the others."""
    files: dict[str, Upload] = {}
    wrong: dict[str, str] = {}
    for question in asked:
        file = sent.get(question.name)
        if file:
            file.seek(0)  # it may be looked at twice
        content = file.read(MOST_BYTES + 1) if file else b""
        if content:
            try:
                files[question.name] = cleaned(content)
            except UploadError as error:
                again = gettext("Please choose it again.")
                wrong[question.name] = f"{sentence(error)} {again}"
        elif question.required:
            wrong[question.name] = str(gettext(KINDS["file"].missing))
    return files, wrong
