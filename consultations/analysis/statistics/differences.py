"""How a group answered against everyone else: among those who answered, and of nobody beyond."""


def points_from_the_rest(count: int, base: int, of_everyone: int, everyone: int) -> float | None:
    """A group's share minus that of all others, in percentage points; None if either is nobody.

    `count` of `base` are the group's, `of_everyone` of `everyone` those of all with the group in;
    a net of people for and against, which may be negative, is as good as a count.
    Whether such a difference could be chance is a question for a sample drawn by a known design.
    """
    rest = everyone - base
    if not base or not rest:
        return None
    return 100 * (count / base - (of_everyone - count) / rest)
