"""The community: territories, bodies, persons, offices, law, days off, participants (floor 4)."""
