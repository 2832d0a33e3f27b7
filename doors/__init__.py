"""The doors of other systems, of staff and of operators, and below them what every door shares.

`bot/`, `voice/` and `actions/` are doors too; they stand at the root, where they are looked for.
"""
