"""The invented consultation that `demo` shows."""
