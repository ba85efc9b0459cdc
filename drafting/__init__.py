"""Bank to document: outline, session, render, check, export, batch."""
