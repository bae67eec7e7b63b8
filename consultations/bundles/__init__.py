"""A whole consultation as files."""
