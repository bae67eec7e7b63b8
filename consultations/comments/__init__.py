"""Points on provisions, written as comments or in answers; proposed wording, endorsements."""
