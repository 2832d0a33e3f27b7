"""A payment gateway, `sandbox`: links, a page to pay, events and reconciliation."""
