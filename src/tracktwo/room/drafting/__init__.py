"""The single negotiating text in the room: drafts, brackets, proposals, positions, and both languages."""
