"""Adapters of payment gateways."""
