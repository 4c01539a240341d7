"""The rules of a lead's life: moves, clocks and protection. Pure: moments are arguments."""
