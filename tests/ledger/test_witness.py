"""Heads as witnesses keep them."""

import json
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from consultations.errors import Refused
from consultations.ledger.witness import read_heads

HEAD = {"consultation": "small", "size": 3, "root": "ab" * 32, "signed_on": "2026-11-23"}


def kept(tmp_path, content):
    path = tmp_path / "kept"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_head_as_json(tmp_path):
    assert read_heads(kept(tmp_path, json.dumps(HEAD))) == [HEAD]


def test_what_somebody_typed_off_a_page(tmp_path):
    typed = {"size": 3, "root": "ab" * 32}
    assert read_heads(kept(tmp_path, json.dumps(typed))) == [typed]


def test_every_head_of_a_log(tmp_path):
    log = {"schema": "consultations.log/1", "heads": [HEAD, HEAD | {"size": 5}]}
    assert [each["size"] for each in read_heads(kept(tmp_path, json.dumps(log)))] == [3, 5]


def test_a_message_as_text(tmp_path):
    text = f"Please keep this.\n\nEntries: 3\n\n{json.dumps(HEAD)}\n"
    assert read_heads(kept(tmp_path, text)) == [HEAD]


def test_a_message_as_mail_programs_save_it(tmp_path):
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    message["Subject"] = "Ce qui est publié"
    message.set_content(f"Gardez ceci, s'il vous plaît.\n\n{json.dumps(HEAD)}\n")
    assert b"=\r\n" in bytes(message)
    assert read_heads(kept(tmp_path, bytes(message))) == [HEAD]


@pytest.mark.parametrize(
    "content",
    ["", "nonsense", "{}", "[]", '{"size": 3}', '{"size": -1, "root": "' + "ab" * 32 + '"}',
     '{"size": 3, "root": "no"}', '{"heads": []}', '{"heads": 3}', b"\xff\xfe", "{" * 9000],
)  # fmt: skip
def test_what_is_no_head_is_refused(tmp_path, content):
    with pytest.raises(Refused, match="does not hold the head of a log"):
        read_heads(kept(tmp_path, content))


def test_a_message_in_an_unknown_encoding_is_refused(tmp_path):
    header = "From: a@mail.example\nContent-Type: text/plain; charset=nothing\n\n"
    with pytest.raises(Refused):
        read_heads(kept(tmp_path, header + json.dumps(HEAD)[1:]))


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(Refused):
        read_heads(tmp_path / "nothing")
