"""The window: pages, controls and figures on screen, in Qt."""
