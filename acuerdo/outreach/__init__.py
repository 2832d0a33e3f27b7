"""Who is contacted, when and why: contacts that begin with us."""
