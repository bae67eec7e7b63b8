"""What is answered to a personal code that lets nobody in."""

from consultations.errors import ConsultationsError
from consultations.words import N_


class UnknownCode(ConsultationsError):
    """No personal code of this round."""

    status = 404
    message = N_(
        "There is no such invitation. Compare the code with your card or message, group by group."
    )


class CodeUsed(ConsultationsError):
    """The personal code was struck off before."""

    status = 409
    message = N_(
        "This invitation was used already. Go on with the code that was shown then: "
        "it has ten groups of four digits."
    )
