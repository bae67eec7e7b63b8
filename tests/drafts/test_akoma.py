"""Reading drafts written in Akoma Ntoso."""

import pytest

from consultations.drafts.akoma import read_akoma
from consultations.drafts.structure import DraftError

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
PLAIN = f"""<akomaNtoso xmlns="{NAMESPACE}"><bill name="treatyDraft">
  <meta><identification source="#x"><FRBRWork><FRBRalias value="alias"/></FRBRWork>
  </identification></meta>
  <preface><p><docTitle>Draft Code</docTitle></p></preface>
  <preamble eId="preamble"><p>The Parties,</p></preamble>
  <body>
    <chapter eId="chp_1"><num>I</num><heading>General</heading>
    <article eId="art_1" wId="art_9"><num>Article 1.</num><heading>Purpose</heading>
      <paragraph eId="art_1__para_1"><num>1.</num>
        <content><p>The <i>purpose</i> is [trust] &amp; 2*3.</p></content></paragraph>
      <paragraph eId="art_1__para_2"><num>2.</num><intro><p>It covers:</p></intro>
        <point eId="art_1__para_2__point_a"><num>(a)</num><content><p>peace;</p></content></point>
      </paragraph>
    </article>
    <article eId="art_2"><content><p>Nothing.</p></content></article></chapter>
  </body>
  <attachments><attachment eId="att_1"><heading>Lists</heading><doc name="annex"><mainBody>
    <p>One list.</p></mainBody></doc></attachment></attachments>
</bill></akomaNtoso>""".encode()


def test_articles_come_with_number_heading_paragraphs_and_ids() -> None:
    draft = read_akoma(PLAIN, "en")
    assert draft.title == "Draft Code"
    assert [(p.eid, p.wid, p.kind) for p in draft.provisions] == [
        ("preamble", "preamble", "preamble"),
        ("chp_1", "chp_1", "section"),
        ("art_1", "art_9", "article"),
        ("art_2", "art_2", "article"),
        ("att_1", "att_1", "annex"),
    ]
    article = draft.provisions[2]
    assert (article.number, article.heading) == ("Article 1", "Purpose")
    assert article.text == ("1. The *purpose* is [trust] & 2\\*3.\n\n2. It covers:\n\n(a) peace;")
    assert [p.number for p in draft.provisions][3:] == ["Article 2", "Annex 1"]
    assert draft.provisions[4].text == "One list."


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (b"<akomaNtoso", "not well-formed"),
        (b"", "not well-formed"),
        (b"<html/>", "root is <html>"),
        (b"<akomaNtoso><act/></akomaNtoso>", "no provision"),
        (b'<akomaNtoso><act><FRBRalias value="T"/></act></akomaNtoso>', "no provision"),
        (
            b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><akomaNtoso>&e;</akomaNtoso>',
            "document type declaration",
        ),
    ],
)
def test_what_is_wrong_is_named(source: bytes, says: str) -> None:
    with pytest.raises(DraftError, match=says) as caught:
        read_akoma(source, "en", file="draft.en.xml")
    assert "draft.en.xml" in str(caught.value)
