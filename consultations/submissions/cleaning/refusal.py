"""Why a file is not taken."""

from consultations.errors import ConsultationsError


class UploadError(ConsultationsError):
    """A file cannot be taken; nothing of it was kept."""

    status = 422
