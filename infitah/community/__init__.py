"""The community: territories, axes, persons, bodies, offices held, legal numbers, working days, participants (floor 4)."""
