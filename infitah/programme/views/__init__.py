"""Pages of the programme: those of the public, those of the desk."""
