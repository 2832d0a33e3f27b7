"""Requests that begin something, answered once however often they are sent."""
