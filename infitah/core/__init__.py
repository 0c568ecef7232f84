"""The Django base (floor 1): fields, keys, files, mail, events, counters, clock, work, errors."""
