"""What is stored and what travels: tables and the shapes of the API."""
