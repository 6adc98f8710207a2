"""Forms to the open standard: tests of our own, and the measurement against recorded cases."""
