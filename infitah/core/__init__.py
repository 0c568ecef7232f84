"""The Django base: fields, keys, stored files, outbox, mail, counters, generations, clock, viewer, errors (floor 1)."""
