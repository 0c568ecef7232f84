"""The openness programme: برنامج الانفتاح / programme d'ouverture (floor 8)."""
