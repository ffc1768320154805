"""Triples in, answers out."""
