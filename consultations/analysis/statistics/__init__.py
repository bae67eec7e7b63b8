"""Figures worked out from published counts alone, each by a formula with its source."""
