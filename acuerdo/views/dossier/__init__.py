"""One debtor's file as an authority or the person asks for it: lines, CSV, PDF."""
