"""A consultation, its team, its rounds, their stage and policy."""
