"""Meetings of any body: أشغال الهيئات / travaux des organes (floor 5)."""
