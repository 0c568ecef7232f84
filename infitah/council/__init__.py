"""The council: sessions and deliberations: دورات المجلس ومقرراته / sessions et délibérations (floor 6)."""
