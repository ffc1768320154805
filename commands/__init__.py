"""The rooms behind the command line: with cli.py the only code that prints or reads the environment."""
