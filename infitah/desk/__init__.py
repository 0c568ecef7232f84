"""The officers' desk: log-in, home, queue across apps: فضاء الموظفين / espace des agents (floor 10)."""
