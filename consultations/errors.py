"""Errors that people see: a docstring, a status and a translatable sentence each."""

from collections.abc import Mapping

from consultations.words import N_


class ConsultationsError(Exception):
    """Something was refused; `message` says what and why, with `values` put in.

    `message` is the English source sentence with %(name)s placeholders; pages translate it,
    the command line prints it as it is.
    """

    status = 400
    message = N_("This could not be done.")

    def __init__(self, message: str | None = None, **values: object) -> None:
        self.message = message or self.message
        self.values: Mapping[str, object] = values
        super().__init__(self.message)

    def __str__(self) -> str:
        return self.message % self.values if self.values else self.message


class NotFound(ConsultationsError):
    """There is nothing at this address."""

    status = 404
    message = N_("There is nothing at this address.")


class Forbidden(ConsultationsError):
    """The account may not do this."""

    status = 403
    message = N_("Your account may not open this page.")


class RoundNotOpen(ConsultationsError):
    """Answers and comments are taken only while a round is open."""

    status = 409
    message = N_("This round is not open, so nothing can be sent to it.")


class Refused(ConsultationsError):
    """What was asked for contradicts what is there already."""

    status = 409


class TooLarge(ConsultationsError):
    """More was sent than a form may hold."""

    status = 413
    message = N_("This is more text than the form can take. Please shorten it.")


class SetupError(ConsultationsError):
    """A setting is wrong: the program does not start."""

    status = 500
