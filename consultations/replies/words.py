"""The dispositions in words."""

from consultations.words import N_

DISPOSITION_WORDS = {
    "accepted": N_("accepted"),
    "accepted_with_modification": N_("accepted with modification"),
    "partly_accepted": N_("partly accepted"),
    "not_accepted": N_("not accepted"),
    "noted": N_("noted"),
    "deferred": N_("deferred"),
    "out_of_scope": N_("out of scope"),
    "duplicate_of": N_("duplicate of another point"),
    "withdrawn": N_("withdrawn"),
}
"""In the order in which a reader wants them."""
