"""Groups and common ground from votes on statements."""
