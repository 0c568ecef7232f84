"""Pure rules of the community: offices and rights, legal numbers, working days, gauges, codes.

No Django, no clock, no database.
"""
