"""Pages of the community: its desk acts, and the public calculator of deadlines."""
