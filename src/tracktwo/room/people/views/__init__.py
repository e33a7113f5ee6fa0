"""Pages of the process: where it stands, who is there, when it meets, by which rules, and who can see what."""
