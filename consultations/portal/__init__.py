"""The public side, put together: home, consultation, draft with its comments, receipt."""
