"""The ground floor's cellar: the one SQLite file, and the photos beside it.

Nothing is imported here, so that ``gemba.store.glance`` can be used before SQLAlchemy is loaded.
"""
