"""Corpus to bank: reads damaged texts, finds what can be used again, keeps where it came from."""
