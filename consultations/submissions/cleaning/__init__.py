"""Taking out of files what nobody meant to send: who wrote them, where, when, and what runs."""
