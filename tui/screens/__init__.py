"""One screen a step of the walk, and the dialogs over them."""
