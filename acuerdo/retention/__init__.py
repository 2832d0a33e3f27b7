"""Deleting what was kept long enough; that it was deleted stays recorded."""
