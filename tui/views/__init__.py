"""Results of commands as people read them."""
