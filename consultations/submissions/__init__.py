"""Answers to a questionnaire with their consent, and receipts."""
