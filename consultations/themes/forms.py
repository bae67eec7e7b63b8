"""The form of a theme: what it is called in each language, and how its points are read."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request

from consultations.errors import ConsultationsError
from consultations.rounds.models import Consultation
from consultations.themes.models import Theme
from consultations.themes.services import LONGEST_LABEL, LONGEST_READING, checked


@dataclass(frozen=True)
class ThemeForm:
    """What is typed into the form; `label` by language, `read_as` in the source language."""

    source: str
    label: Mapping[str, str]
    read_as: str

    @classmethod
    def posted(cls, about: Consultation) -> "ThemeForm":
        """As it was posted."""
        label = {tag: request.form.get(f"label-{tag}", "") for tag in about.languages}
        return cls(about.source_language, label, request.form.get("read_as", ""))

    @classmethod
    def of(cls, theme: Theme, about: Consultation) -> "ThemeForm":
        """As it stands now."""
        source = about.source_language
        label = {tag: theme.label.get(tag, "") for tag in about.languages}
        return cls(source, label, theme.read_as.get(source, ""))

    def faults(self) -> dict[str, ConsultationsError]:
        """Field name -> what is wrong with it."""
        wanted = {
            f"label-{tag}": (text, LONGEST_LABEL)
            for tag, text in self.label.items()
            if text.strip() or tag == self.source
        }
        if self.read_as.strip():
            wanted["read_as"] = (self.read_as, LONGEST_READING)
        found = {}
        for name, (text, longest) in wanted.items():
            try:
                checked(text, longest)
            except ConsultationsError as error:
                found[name] = error
        return found
