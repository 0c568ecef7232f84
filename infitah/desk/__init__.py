"""The officers' desk: log-in, home, queue: فضاء الموظفين / espace des agents (floor 10)."""
