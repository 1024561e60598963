"""Files that become contributions, or statements and votes."""
