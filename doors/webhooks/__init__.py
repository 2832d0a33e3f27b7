"""Webhooks: who sent one is proven, per provider, before anything of it is used."""
