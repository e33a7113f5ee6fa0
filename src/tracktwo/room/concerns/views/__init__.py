"""Pages of the register, of translations and of statements."""
