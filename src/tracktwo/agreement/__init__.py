"""Agreement: decision rules, silence, packages, instruments, and their entry into force."""
