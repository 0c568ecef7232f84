"""The public website: home, menu, register pages, errors, permanent links (floor 10)."""
