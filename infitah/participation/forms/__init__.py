"""Forms of participation: they check and clean what was typed, they never save."""
