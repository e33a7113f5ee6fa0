"""What worries people: the risk register, statements, votes and the common ground they show."""
