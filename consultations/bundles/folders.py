"""Opening what somebody sent: a folder, or a zip that must not do any harm."""

import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath
from tempfile import TemporaryDirectory

from consultations.bundles.documents import BundleError
from consultations.words import N_

CONFIGURATION = "consultation.yaml"
MAX_FILES = 1000
MAX_RATIO = 200
_SUSPICIOUS_FROM = 20_000_000  # bytes: below this no compression ratio is dangerous
_PIECE = 1 << 20


@contextmanager
def bundle_folder(path: Path, *, max_bytes: int) -> Iterator[Path]:
    """The folder of a bundle; a zip is unpacked into a temporary one, at most `max_bytes`.

    Raises BundleError naming the file and the cause.
    """
    if path.is_dir():
        yield _root(path, path)
    elif not path.is_file():
        raise BundleError(N_("%(file)s: there is no such folder or file."), file=path)
    elif not zipfile.is_zipfile(path):
        raise BundleError(N_("%(file)s: this is neither a folder nor a zip file."), file=path)
    else:
        with TemporaryDirectory(prefix="bundle-") as folder:
            _unpack(path, Path(folder), max_bytes)
            yield _root(Path(folder), path)


def file_in(folder: Path, name: str) -> Path | None:
    """The file of that name inside a bundle's folder, or None; raises BundleError if it climbs."""
    if not _stays_inside(name):
        raise BundleError(N_("%(file)s: the name of a file leads out of the bundle."), file=name)
    path = folder / name
    if any(part.is_symlink() for part in (path, *path.parents) if folder in part.parents):
        raise BundleError(N_("%(file)s: links are not followed."), file=name)
    return path if path.is_file() else None


def _root(folder: Path, given: Path) -> Path:
    """Where consultation.yaml is: in the folder, or in the one folder inside it."""
    inner = [
        path for path in sorted(folder.iterdir()) if path.is_dir() and path.name[0] not in "._"
    ]
    candidates: list[Path] = [folder, *(inner if len(inner) == 1 else ())]
    for candidate in candidates:
        if (candidate / CONFIGURATION).is_file():
            return candidate
    raise BundleError(N_("%(file)s: the file %(name)s is missing."), file=given, name=CONFIGURATION)


def _unpack(path: Path, folder: Path, max_bytes: int) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _refuse_bombs(path, members, max_bytes)
            for member in members:
                _refuse_harm(path, member)
            for member in members:
                if not member.is_dir():
                    _write(archive, member, folder)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as error:
        raise BundleError(
            N_("%(file)s: the zip file cannot be read (%(cause)s)."), file=path, cause=error
        ) from error


def _refuse_bombs(path: Path, members: list[zipfile.ZipInfo], max_bytes: int) -> None:
    size = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MAX_FILES:
        raise BundleError(
            N_("%(file)s: there are more than %(number)s files in the zip."),
            file=path,
            number=MAX_FILES,
        )
    if size > max_bytes or (size > _SUSPICIOUS_FROM and size > MAX_RATIO * packed):
        raise BundleError(
            N_("%(file)s: unpacked, this would be %(size)s bytes, which is too much."),
            file=path,
            size=size,
        )


def _refuse_harm(path: Path, member: zipfile.ZipInfo) -> None:
    if member.flag_bits & 0x1:
        raise BundleError(N_("%(file)s: %(name)s is encrypted."), file=path, name=member.filename)
    if stat.S_ISLNK(member.external_attr >> 16):
        raise BundleError(
            N_("%(file)s: %(name)s is a link, which is not accepted."),
            file=path,
            name=member.filename,
        )
    if not _stays_inside(member.filename):
        raise BundleError(
            N_("%(file)s: %(name)s would be written outside the bundle's folder."),
            file=path,
            name=member.filename,
        )


def _stays_inside(name: str) -> bool:
    """Whether a name is a plain relative path, on every system."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    absolute = name.startswith(("/", "\\")) or bool(PureWindowsPath(name).drive)
    return bool(parts) and not absolute and ".." not in parts and "\0" not in name


def _write(archive: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path) -> None:
    """Unpack one file; more bytes than its header promises are never written."""
    target = folder / member.filename.replace("\\", "/")
    target.parent.mkdir(parents=True, exist_ok=True)
    left = member.file_size
    with archive.open(member) as packed, target.open("xb") as file:
        while piece := packed.read(min(_PIECE, left + 1)):
            left -= len(piece)
            if left < 0:
                raise zipfile.BadZipFile(f"{member.filename}: longer than its header says")
            file.write(piece)
