"""What the institution answers: dispositions, replies, resulting text."""
