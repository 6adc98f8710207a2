"""Worksheets and question sets read from TOML files."""
