"""The search index: normalised text of records named by strings (floor 3)."""
