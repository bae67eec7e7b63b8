"""Pictures, drawn anew: nothing is left but what can be seen."""

from io import BytesIO

from PIL import Image, ImageOps

from consultations.submissions.cleaning.refusal import UploadError
from consultations.words import N_

MOST_PIXELS = 30_000_000
"""Once in memory; a JPEG of a phone is already made smaller while it is read."""

LONGEST_SIDE = 4_000
QUALITY = 88

Image.MAX_IMAGE_PIXELS = None  # bounded below, before a single pixel is read


def clean_picture(content: bytes, *, formats: tuple[str, ...] = ("JPEG", "PNG")) -> bytes:
    """The picture in the format it had, upright, at most 4,000 pixels long, without its EXIF,
    place, colour profile, thumbnail and comments; raises `UploadError`.
    """
    try:
        with Image.open(BytesIO(content), formats=formats) as picture:
            picture.draft("RGB", (LONGEST_SIDE // 2, LONGEST_SIDE // 2))
            if picture.width * picture.height > MOST_PIXELS:
                raise UploadError(N_("This picture has too many pixels."))
            return _saved(_drawn(picture), str(picture.format))
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise UploadError(N_("This picture cannot be read.")) from error


def _drawn(picture: Image.Image) -> Image.Image:
    """The pixels alone, on a new sheet."""
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(picture)
    seen = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    sheet = Image.new(seen.mode, seen.size)
    sheet.paste(seen)
    return sheet


def _saved(picture: Image.Image, form: str) -> bytes:
    written = BytesIO()
    if form == "JPEG":
        picture.convert("RGB").save(written, "JPEG", quality=QUALITY)
    else:
        picture.save(written, form)
    return written.getvalue()
