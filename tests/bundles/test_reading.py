"""Opening bundles: whole ones, spoiled ones and hostile ones."""

import stat
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from consultations.bundles.documents import BundleError
from consultations.bundles.reading import open_bundle
from consultations.drafts.structure import DraftError
from consultations.errors import ConsultationsError


def _zip(folder: Path, name: str = "bundle.zip", inside: str = "") -> Path:
    path = folder.parent / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, inside + file.name)
    return path


def _add(path: Path, name: str, content: bytes = b"x", attributes: int = 0) -> Path:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = attributes << 16
        info.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(info, content)
    return path


def _refused(path: Path, says: str, **limits: int) -> str:
    with pytest.raises(ConsultationsError, match=says) as caught, open_bundle(path, **limits):
        pass
    return str(caught.value)


def test_a_folder_is_read(bundle: Path) -> None:
    with open_bundle(bundle) as read:
        assert read.configuration.slug == "small-code"
        assert read.configuration.rounds[0].opens == date(2026, 1, 1)
        assert read.configuration.plan()["crossings"] == [["gender", "age"]]
        arabic = read.drafts["draft"]["ar"]
        assert (arabic.title, arabic.provisions[0].eid) == ("مدونة", "art_1")


@pytest.mark.parametrize("inside", ["", "small-code/"])
def test_a_zip_is_read(bundle: Path, inside: str) -> None:
    with open_bundle(_zip(bundle, inside=inside)) as read:
        assert set(read.drafts["draft"]) == {"en", "ar"}


def test_drafts_without_a_title_are_called_what_the_consultation_is(bundle: Path) -> None:
    (bundle / "draft.en.md").write_text("## Article 1. Aim\n\n1. Peace.\n")
    (bundle / "draft.ar.md").unlink()
    (bundle / "draft.ar.xml").write_text(
        "<akomaNtoso><act><body><article><content><p>السلام</p></content></article></body></act>"
        "</akomaNtoso>",
        encoding="utf-8",
    )
    with open_bundle(bundle) as read:
        titles = {language: text.title for language, text in read.drafts["draft"].items()}
        assert titles == {"en": "Small code", "ar": "مدونة صغيرة"}


def test_an_akoma_ntoso_draft_stands_beside_markdown(bundle: Path) -> None:
    (bundle / "draft.ar.md").unlink()
    (bundle / "draft.ar.xml").write_text(
        "<akomaNtoso><act><meta><FRBRalias value='مدونة'/></meta><body><article>"
        "<content><p>السلام</p></content></article></body></act></akomaNtoso>",
        encoding="utf-8",
    )
    with open_bundle(bundle) as read:
        assert read.drafts["draft"]["ar"].provisions[0].text == "السلام"


def test_nothing_there(tmp_path: Path) -> None:
    _refused(tmp_path / "nowhere", "nowhere: there is no such folder or file")
    _refused(tmp_path, "consultation.yaml is missing")
    (tmp_path / "file").write_bytes(b"neither")
    _refused(tmp_path / "file", "neither a folder nor a zip")


def test_a_missing_draft_is_named_with_its_language(bundle: Path) -> None:
    (bundle / "draft.ar.md").unlink()
    said = _refused(bundle, r"language ar is missing from the bundle \(draft\.ar\.md")
    assert said.startswith("consultation.yaml, line ")


def test_other_missing_files_are_named(rewrite: Callable[[str, str], Path]) -> None:
    folder = rewrite("closes: 2026-02-01", "closes: 2026-02-01\n  questionnaire: q.xlsx")
    _refused(folder, r"line 22, rounds\[1\]\.questionnaire: the file q\.xlsx is missing")


@pytest.mark.parametrize("name", ["../secret.csv", "/etc/passwd", "C:\\x", "a/../../b"])
def test_a_file_outside_is_not_read(rewrite: Callable[[str, str], Path], name: str) -> None:
    folder = rewrite("closes: 2026-02-01", f"closes: 2026-02-01\n  questionnaire: {name}")
    (folder.parent / "secret.csv").write_text("x")
    _refused(folder, "leads out of the bundle")


def test_a_link_is_not_followed(bundle: Path) -> None:
    secret = bundle.parent / "secret.md"
    secret.write_text("# S\n## Article 1\n")
    (bundle / "draft.ar.md").unlink()
    (bundle / "draft.ar.md").symlink_to(secret)
    _refused(bundle, "draft.ar.md: links are not followed")


def test_languages_that_differ_are_refused(bundle: Path) -> None:
    (bundle / "draft.ar.md").write_text("# م\n## المادة 1\n## المادة 2\n", encoding="utf-8")
    with pytest.raises(DraftError, match=r"draft\.ar\.md, line 3: .* is not in draft\.en\.md"):
        _open(bundle)


def _open(path: Path) -> None:
    with open_bundle(path):
        pass


def test_text_that_is_not_utf8_is_refused(bundle: Path) -> None:
    (bundle / "draft.en.md").write_bytes("# Código".encode("latin-1"))
    _refused(bundle, "draft.en.md: the file is not UTF-8")


@pytest.mark.parametrize(
    "name", ["../climb.md", "/absolute.md", "..\\climb.md", "C:/x.md", "a/../../b"]
)
def test_a_zip_that_climbs_out_is_refused(bundle: Path, name: str) -> None:
    _refused(_add(_zip(bundle), name), "outside the bundle's folder")
    assert not (bundle.parent / "climb.md").exists()


def test_a_link_in_a_zip_is_refused(bundle: Path) -> None:
    path = _add(_zip(bundle), "draft.fr.md", b"/etc/passwd", stat.S_IFLNK | 0o777)
    _refused(path, "draft.fr.md is a link")


def test_a_bomb_is_refused(bundle: Path) -> None:
    _refused(_add(_zip(bundle), "zeros", bytes(30_000_000)), "which is too much")
    _refused(_zip(bundle, "small.zip"), "which is too much", max_bytes=100)


def test_too_many_files_are_refused(bundle: Path) -> None:
    path = _zip(bundle)
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(1001):
            archive.writestr(f"many/{number}", b"")
    _refused(path, "more than 1000 files")


def test_an_encrypted_zip_is_refused(bundle: Path) -> None:
    path = _zip(bundle)
    content = bytearray(path.read_bytes())
    central = content.index(b"PK\x01\x02")
    content[central + 8] |= 1
    path.write_bytes(content)
    _refused(path, "is encrypted")


def test_a_damaged_zip_is_refused(bundle: Path) -> None:
    path = _zip(bundle)
    content = bytearray(path.read_bytes())
    content[60:80] = bytes(20)
    path.write_bytes(content)
    _refused(path, "bundle.zip: the zip file cannot be read")


def test_a_file_twice_in_a_zip_is_refused(bundle: Path) -> None:
    path = _zip(bundle)
    with (
        pytest.warns(UserWarning, match="Duplicate name"),
        zipfile.ZipFile(path, "a") as archive,
    ):
        archive.writestr("draft.en.md", b"# other")
    with pytest.raises(BundleError, match="cannot be read"):
        _open(path)
