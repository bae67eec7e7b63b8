"""The team's desk: dashboard, opening and closing a round."""
