"""Pages of the single negotiating text."""
