"""Consultations and ideas: الاستشارات والأفكار / consultations et idées (floor 7)."""
