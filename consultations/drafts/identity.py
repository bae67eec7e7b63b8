"""Which provision of a new revision is which of the earlier ones.

A provision keeps its `wid` for ever. Where a file does not name one (`{#art_4 wid=art_3}`), the
provision is taken to be the one that had the same eid in the revision before; if that one is
claimed by another provision of the file, it is new and gets a wid of its own.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import count

from consultations.drafts.structure import ProvisionText


def stable_wids(
    provisions: Sequence[ProvisionText],
    before: Mapping[str, str],
    known: Collection[str] = (),
) -> dict[str, str]:
    """Eid to wid for a new revision.

    `before` is the same of the revision before; `known` are all wids that were ever given.
    """
    taken = {provision.wid for provision in provisions if provision.wid_written}
    wids = {}
    for provision in provisions:
        wid = provision.wid if provision.wid_written else before.get(provision.eid, provision.eid)
        if wid in taken and not provision.wid_written:
            wid = _fresh(provision.eid, {*taken, *known, *before.values()})
        taken.add(wid)
        wids[provision.eid] = wid
    return wids


def _fresh(eid: str, taken: Collection[str]) -> str:
    return next(wid for wid in (f"{eid}-{n}" for n in count(2)) if wid not in taken)
