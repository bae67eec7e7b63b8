"""Expressions of XPath 1.0 as an XLSForm has them: read once, worked out often."""
