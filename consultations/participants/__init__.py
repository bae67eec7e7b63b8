"""Who takes part: organisations and the people who write for them."""
