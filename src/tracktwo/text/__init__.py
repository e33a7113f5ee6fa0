"""The single negotiating text: brackets, amendments, comparison, concordance, and the files they travel in."""
