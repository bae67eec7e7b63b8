"""What the program costs, measured beside what could cost least. `README.md` says how."""
