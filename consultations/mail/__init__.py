"""Outgoing messages: composed in the reader's language, handed to a mail server or put down."""
