"""The officers' desk: log-in, home, queue across apps: المكتب / le bureau (floor 10)."""
