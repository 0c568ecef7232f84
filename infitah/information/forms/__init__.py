"""Forms of access to information."""
