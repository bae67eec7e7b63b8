"""Answers as files of columns: written, kept up with the database, counted by an engine."""
