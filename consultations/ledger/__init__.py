"""What was published, in an append-only tree that anyone can check."""
