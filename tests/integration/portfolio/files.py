"""A small portfolio as creditors write it."""

from typing import Any


def a_creditor_row(**changes: Any) -> dict[str, Any]:
    """Luz Norte in Peru."""
    return {
        "id": "luz-norte",
        "name": "Luz Norte",
        "agency": "Gestiones del Sur",
        "country": "PE",
        "currency": "PEN",
        "timezone": "America/Lima",
        "payment_methods": "Banco Andino",
        "complaints": "reclamos@luznorte.example",
        "policy": {"promise": {"max_days": 10, "min_amount": "50.00"}},
    } | changes


def a_debt_row(**changes: Any) -> dict[str, Any]:
    """A debt of 320.50."""
    return {
        "id": "d-1-a",
        "creditor": "luz-norte",
        "product": "servicio eléctrico",
        "currency": "PEN",
        "balance": "320.50",
        "overdue": "120.50",
        "interest": "10.00",
        "fees": "5.00",
        "due_on": "2026-10-15",
    } | changes


def a_debtor_row(**changes: Any) -> dict[str, Any]:
    """Ana Flores with one debt and one telephone."""
    return {
        "id": "d-1",
        "name": "Ana Flores",
        "document": "4567-1234",
        "birth_date": "1990-03-02",
        "country": "PE",
        "timezone": "America/Lima",
        "contacts": [{"channel": "whatsapp", "address": "+51987654321", "consent": True}],
        "debts": [a_debt_row()],
    } | changes


def a_portfolio(*debtors: dict[str, Any], creditors: Any = None) -> dict[str, Any]:
    """Luz Norte and some debtors."""
    return {
        "creditors": [a_creditor_row()] if creditors is None else creditors,
        "debtors": list(debtors) or [a_debtor_row()],
    }
