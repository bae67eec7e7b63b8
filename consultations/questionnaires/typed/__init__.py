"""What was typed or chosen, read as an answer: a module for each family of kinds."""
