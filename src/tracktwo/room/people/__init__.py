"""Who is at the table and outside it: processes, delegations, seats, meetings, invitations, signing in."""
