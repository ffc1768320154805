"""The graph in formats that other tools read."""
