"""Faults made on purpose: each test breaks something many times and shows what still holds.

A fault test is a module of this folder with three names:

``ROW``: its words in the table and how often it runs whole and short, a ``tally.Row``.
``run(times, seed)``: does it that often and returns a ``tally.Tally``; one seed, one course.
Its control: the same test over a mechanism broken on purpose, which it must catch.

``python -m tests.faults`` finds the modules by themselves; ``test_short.py`` runs each short.
"""
