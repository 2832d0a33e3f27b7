"""The companies and programs outside: one folder each, with what comes in and what goes out.

`options.py` is what all that show choices share.
"""
