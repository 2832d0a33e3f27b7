"""The ledger's proof: a chain over what was recorded, so that a change by hand is found."""
