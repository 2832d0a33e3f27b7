"""The core of Acuerdo: the business of settling debts, one folder per topic."""
