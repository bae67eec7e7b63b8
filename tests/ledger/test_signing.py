"""The host's key and its signatures."""

import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from consultations.errors import Refused, SetupError
from consultations.ledger.signing import public_hex, read_public, sign, signing_key, verified


def test_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "keys" / "ledger.key"
    made = public_hex(signing_key(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert public_hex(signing_key(path)) == made
    assert sorted(file.name for file in path.parent.iterdir()) == ["ledger.key", "ledger.key.pub"]


def test_public_key_is_read_as_pem_and_as_hexadecimal(tmp_path):
    public = public_hex(signing_key(tmp_path / "ledger.key"))
    (tmp_path / "key.hex").write_text(public + "\n")
    assert read_public(tmp_path / "ledger.key.pub") == public
    assert read_public(tmp_path / "key.hex") == public


@pytest.mark.parametrize("content", ["", "nonsense", "abcd", "-----BEGIN PUBLIC KEY-----\nAA==\n"])
def test_what_is_no_public_key_is_refused(tmp_path, content):
    (tmp_path / "key").write_text(content)
    with pytest.raises(Refused, match="Ed25519 public key"):
        read_public(tmp_path / "key")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device without an end")
def test_a_device_without_an_end_is_no_public_key():
    with pytest.raises(Refused, match="Ed25519 public key"):
        read_public(Path("/dev/zero"))


def test_what_is_no_private_key_stops_the_start(tmp_path):
    (tmp_path / "ledger.key").write_text("nonsense")
    with pytest.raises(SetupError, match="does not hold a private key"):
        signing_key(tmp_path / "ledger.key")


def test_signature_holds_for_its_statement_and_key_alone():
    key, statement = Ed25519PrivateKey.generate(), {"size": 3, "root": "ab"}
    signature, public = sign(key, statement), public_hex(key)
    assert verified(public, {"root": "ab", "size": 3}, signature)
    assert not verified(public, {"root": "ab", "size": 4}, signature)
    assert not verified(public_hex(Ed25519PrivateKey.generate()), statement, signature)
    assert not verified(public, statement, "00" * 64)
    assert not verified("nonsense", statement, signature)


def test_signature_follows_rfc_8032_test_1():
    secret = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret))
    assert public_hex(key) == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
