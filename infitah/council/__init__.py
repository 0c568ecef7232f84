"""The council: دورات المجلس ومقرراته / sessions et délibérations (floor 6)."""
