"""Public pages of publication; each does one call and answers."""
