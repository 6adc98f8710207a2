"""The use cases: what a leader can do, each in one place, none knowing of a window."""
