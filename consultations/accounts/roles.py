"""Roles and what each may do. Values only."""

ADMINISTRATOR = "administrator"
ORGANIZER = "organizer"
TRANSLATOR = "translator"
RAPPORTEUR = "rapporteur"
NEGOTIATOR = "negotiator"
MEMBER = "member"
FACILITATOR = "facilitator"

DESK = "see the desk"
PARTICIPATION = "see who took part"
MODERATE = "publish and hide comments"
REPLY = "give dispositions and replies"
ROUNDS = "open and close rounds"
PUBLISH = "build and publish reports"
FOLLOW = "follow the rounds and their reports"
TRANSLATE = "translate and review"
RECORD = "key in what came on paper"
INVITE = "invite people to take part"
ASSIST = "take other people's answers on a phone"
SPEAK = "comment for an organisation"

_THE_WHOLE = frozenset(
    {DESK, PARTICIPATION, MODERATE, REPLY, ROUNDS, PUBLISH, FOLLOW, TRANSLATE, RECORD, INVITE}
) | {ASSIST}

ALLOWED: dict[str, frozenset[str]] = {
    ADMINISTRATOR: _THE_WHOLE,
    ORGANIZER: _THE_WHOLE,
    TRANSLATOR: frozenset({DESK, TRANSLATE}),
    RAPPORTEUR: frozenset({DESK, PARTICIPATION, RECORD, ASSIST}),
    NEGOTIATOR: frozenset({DESK, FOLLOW}),
    MEMBER: frozenset({DESK, SPEAK}),
    FACILITATOR: frozenset({DESK, ASSIST}),
}

ROLES = tuple(ALLOWED)


def permissions(roles: frozenset[str] | set[str]) -> frozenset[str]:
    """Everything that somebody with these roles may do."""
    return frozenset().union(*(ALLOWED[role] for role in roles))
