"""The invented data that a first start shows."""
