"""Pure rules of the programme: states, progress, lateness, hashes of adopted texts."""
