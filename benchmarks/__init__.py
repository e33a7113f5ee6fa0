"""What tracktwo claims about speed and accuracy, one file a claim; each prints a table and the ratio to its target."""
