"""Pages of access to information."""
