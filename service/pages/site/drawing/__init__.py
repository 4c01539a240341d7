"""Geometry of the charts: numbers and texts by which templates draw, nothing of HTML."""
