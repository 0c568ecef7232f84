"""Sittings of any body: agenda, attendance, quorum, votes, minutes: أشغال الهيئات / travaux des organes (floor 5)."""
