"""The role matrix: who gets what from every address and every operation of the API."""
