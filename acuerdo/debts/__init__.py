"""Who owes what to whom, who has proven to be the debtor, and what they say about the debt."""
