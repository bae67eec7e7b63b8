"""Answering without a connection, for oneself and for others."""
