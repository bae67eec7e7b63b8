"""Content in many languages: what has to be translated, its status, what is out of date."""
