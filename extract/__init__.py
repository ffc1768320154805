"""Text in, triples out."""
