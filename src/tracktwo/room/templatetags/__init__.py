"""Tags for the room's templates."""
