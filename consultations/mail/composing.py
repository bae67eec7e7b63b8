"""A message in plain text, in the language of whoever receives it."""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr, formatdate, make_msgid

from flask import render_template
from flask_babel import force_locale

from consultations.i18n import shell_language


def compose(
    template: str, language: str, *, to: str, sender: str, name: str, **values: object
) -> EmailMessage:
    """The message of templates/mail/TEMPLATE.txt: its first line is the subject.

    It is written in `language`, or in the nearest one that the interface has. `sender` is an
    address, `name` who is shown as the sender; each text among `values` becomes one line.
    """
    told = {
        key: _in_a_line(each) if isinstance(each, str) else each for key, each in values.items()
    }
    with force_locale(shell_language(language).replace("-", "_")):
        written = render_template(f"mail/{template}.txt", **told)
    subject, _, body = written.strip().partition("\n")
    message = EmailMessage(policy=SMTP)
    message["From"] = formataddr((_in_a_line(name), sender))
    message["To"] = to
    message["Subject"] = _in_a_line(subject)
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body.strip() + "\n")
    message["Content-Language"] = language
    return message


def _in_a_line(text: str) -> str:
    return " ".join(text.split())
