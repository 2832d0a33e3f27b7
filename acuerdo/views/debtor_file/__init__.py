"""One debtor's file, fetched once; the REST answer. Card and dossier are made of it, too."""
