"""A questionnaire on paper: numbers, ways through, layout, and keying it in."""
