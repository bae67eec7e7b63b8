"""The norm: revisions, provisions, brackets, differences."""
