"""Facts about places, industries, chains and rules, with their provenance."""
