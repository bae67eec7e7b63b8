"""PDF files, written anew: no author, dates, attachments or comments, and nothing that runs."""

from collections.abc import Iterable, Iterator
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, PasswordError, Pdf, PdfError, Stream

from consultations.submissions.cleaning.refusal import UploadError
from consultations.words import N_

_DROPPED = (
    "/AA", "/AF", "/Collection", "/DSS", "/EF", "/EmbeddedFiles", "/JavaScript", "/JS",
    "/LastModified", "/Metadata", "/OpenAction", "/Perms", "/PieceInfo", "/Renditions", "/Thumb",
    "/URLS", "/XFA",
)  # fmt: skip
"""Entries taken out of every dictionary, wherever it stands."""

_ACTIONS = {"/URI", "/GoTo", "/Named"}
"""What a press on a link may do; every other action is taken away."""

_MARKS = {
    "/Link", "/Widget", "/FreeText", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly",
    "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Ink", "/Stamp", "/Caret", "/Redact",
}  # fmt: skip
"""Annotations that can be seen on the page."""

_OF_A_MARK = ("/CreationDate", "/M", "/NM", "/Popup", "/RC", "/Subj", "/IRT")
_HEADER, _ADOBE = 0xE0, 0xEE


def clean_pdf(content: bytes) -> bytes:
    """The pages as they look, without what is not to be seen; raises `UploadError`."""
    try:
        with Pdf.open(BytesIO(content)) as pdf:
            for entry in ("/Info", "/ID"):
                if entry in pdf.trailer:
                    del pdf.trailer[entry]
            for thing in pdf.objects:
                _clean(thing)
            written = BytesIO()
            pdf.save(written, deterministic_id=True)
    except PasswordError as error:
        raise UploadError(N_("This PDF is locked with a password.")) from error
    except (PdfError, ArithmeticError, LookupError, TypeError, ValueError, RuntimeError) as error:
        raise UploadError(N_("This PDF cannot be read.")) from error
    return written.getvalue()


def _clean(thing: Object) -> None:
    for each in _dictionaries(thing):
        for entry in _DROPPED:
            if entry in each:
                del each[entry]
        for entry in ("/A", "/PA", "/Next"):
            if entry in each and _runs(each[entry]):
                del each[entry]
        if each.get("/FT") == Name.Sig and "/V" in each:
            del each["/V"]  # a signature names its signer
        if "/Annots" in each:
            each["/Annots"] = Array([mark for mark in each["/Annots"] if _seen(mark)])
        if str(each.get("/Subtype")) in _MARKS and "/Rect" in each:
            _clean_mark(each)
    if isinstance(thing, Stream) and _is_jpeg(thing):
        thing.write(without_labels(thing.read_raw_bytes()), filter=Name.DCTDecode)


def _dictionaries(thing: Object) -> Iterator[Dictionary | Stream]:
    """It, and every dictionary written into it; what it only points to comes by itself."""
    inside: Iterable[object] = ()
    if isinstance(thing, Dictionary | Stream):
        yield thing
        inside = [thing[entry] for entry in thing.keys()]  # noqa: SIM118 (a PDF's, not a dict's)
    elif isinstance(thing, Array):
        inside = list(thing)
    for each in inside:
        if isinstance(each, Object) and not each.is_indirect:
            yield from _dictionaries(each)


def _is_jpeg(stream: Stream) -> bool:
    filters = stream.get("/Filter")
    return filters == Name.DCTDecode or filters == Array([Name.DCTDecode])


def _runs(action: object) -> bool:
    if isinstance(action, Array):  # several actions; the attributes of a structure are no actions
        return any(_runs(each) for each in action)
    return isinstance(action, Dictionary) and str(action.get("/S", "/GoTo")) not in _ACTIONS


def _seen(mark: object) -> bool:
    return isinstance(mark, Dictionary) and str(mark.get("/Subtype")) in _MARKS


def _clean_mark(mark: Dictionary | Stream) -> None:
    """Who drew a mark, when, and what was written behind it."""
    subtype = str(mark["/Subtype"])
    hidden = () if subtype == "/Widget" else ("/T",)  # a field's name, not a person's
    spoken = ("/Contents",) if subtype not in ("/FreeText", "/Link", "/Widget") else ()
    for entry in (*_OF_A_MARK, *hidden, *spoken):
        if entry in mark:
            del mark[entry]


def without_labels(jpeg: bytes) -> bytes:
    """A JPEG as it is, without the segments in which cameras write (EXIF, place, comments)."""
    kept, place = [jpeg[:2]], 2
    while jpeg[place : place + 1] == b"\xff" and place + 4 <= len(jpeg):
        marker, length = jpeg[place + 1], int.from_bytes(jpeg[place + 2 : place + 4])
        if marker == 0xDA:
            break
        label = (0xE1 <= marker <= 0xEF and marker != _ADOBE) or marker == 0xFE
        if not label:
            kept.append(jpeg[place : place + 2 + length])
        place += 2 + length
    return b"".join([*kept, jpeg[place:]])
