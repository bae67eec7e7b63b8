"""Reading what is typed into the forms of the team's pages."""

MOST_DIGITS = 11


def whole_number(typed: str) -> int:
    """A whole number as typed, in any script's digits, in groups or not; 0 for anything else."""
    digits = "".join(typed.split())
    return int(digits) if digits.isdecimal() and len(digits) <= MOST_DIGITS else 0
