"""PDF files, written anew: no author, dates, attachments or comments, and nothing that runs."""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, PasswordError, Pdf, PdfError, Stream

from consultations.submissions.cleaning.recordings import boxes
from consultations.submissions.cleaning.refusal import UploadError
from consultations.words import N_

_DROPPED = (
    "/AA", "/AF", "/Collection", "/CreatorInfo", "/DSS", "/EF", "/EmbeddedFiles", "/JavaScript",
    "/JS", "/LastModified", "/Metadata", "/OpenAction", "/Perms", "/PieceInfo", "/Renditions",
    "/Thumb", "/URLS", "/XFA",
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
_ADOBE, _COMMENT, _SCAN, _END = 0xEE, 0xFE, 0xDA, b"\xd9"
_MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])", re.S)
"""What parts the segments of a JPEG: ITU-T T.81, B.1.1; none stands in the picture itself."""

_SEEN_BOXES = {b"jP  ", b"ftyp", b"rreq", b"jp2h", b"jpch", b"jplh", b"jp2c"}
"""ITU-T T.800, annex I."""


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
    if isinstance(thing, Stream):
        _clean_picture(thing)


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


def _clean_picture(stream: Stream) -> None:
    filters = [str(each) for each in _listed(stream.get("/Filter"))]
    clean = _PICTURES.get(filters[-1]) if filters else None
    if clean is None:
        return
    *around, kind = map(Name, filters)
    if around:  # packed once more: unpacked as if the picture's own filter was not there
        stream.Filter = Array(around)
        stream.DecodeParms = Array(_listed(stream.get("/DecodeParms"))[: len(around)])
    packed = stream.read_bytes() if around else stream.read_raw_bytes()
    stream.write(clean(packed), filter=kind)


def _listed(entry: Object | None) -> list[Object]:
    return list(entry) if isinstance(entry, Array) else [entry] if entry is not None else []


def _runs(action: object) -> bool:
    if isinstance(action, Array):  # several actions; the attributes of a structure are no actions
        return any(_runs(each) for each in action)
    if not isinstance(action, Dictionary):
        return False
    on_a_computer = str(action.get("/URI", "")).lower().startswith("file:")
    return on_a_computer or str(action.get("/S", "/GoTo")) not in _ACTIONS


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
    """A JPEG as it is, without the segments in which cameras write (EXIF, place, comments), and
    without what stands behind its end, such as a smaller copy with labels of its own.
    """
    kept, found = [jpeg[:2]], _MARKER.search(jpeg, 2)
    while found and found[1] != _END:
        marker, inside = found[1][0], found.end()
        ends = inside + int.from_bytes(jpeg[inside : inside + 2])
        following = _MARKER.search(jpeg, ends)
        if marker == _SCAN:  # the picture itself follows, up to the next marker
            ends = following.start() if following else len(jpeg)
        label = (0xE1 <= marker <= 0xEF and marker != _ADOBE) or marker == _COMMENT
        if not label:
            kept.append(jpeg[inside - 2 : ends])
        found = following
    return b"".join([*kept, b"\xff", _END])


def without_boxes(jpeg2000: bytes) -> bytes:
    """A JPEG 2000 as it is, without the boxes that say where and by whom it was made."""
    if b"jP  " not in jpeg2000[:8]:
        return jpeg2000
    found = boxes(jpeg2000, 0, len(jpeg2000))
    return b"".join(jpeg2000[start:ends] for name, start, _, ends in found if name in _SEEN_BOXES)


_PICTURES = {"/DCTDecode": without_labels, "/JPXDecode": without_boxes}
"""How pictures are cleaned, by the filter that shows them."""
