"""Payment links and the payments that arrive."""
