"""Pages of what is told in confidence, held back, and said if something leaks."""
