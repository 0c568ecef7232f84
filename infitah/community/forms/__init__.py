"""Forms of the community's desk pages and of the public calculator."""
