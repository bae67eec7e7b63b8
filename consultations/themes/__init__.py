"""How points are read: themes and codings."""
