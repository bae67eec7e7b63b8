"""Counts that cannot identify anyone: the pure core, plain values in, plain values out."""
