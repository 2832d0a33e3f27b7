"""Settings that are fit for production."""

from typing import Any

FIT: dict[str, Any] = {
    "env": "production",
    "database_url": "postgresql://db.collections.org/acuerdo",
    "redis_url": "redis://:n8Jw2kQ9vXr4Lm7T@redis.collections.org",
    "public_url": "https://cobros.collections.org",
    "secret_key": "a-long-secret-key-that-somebody-made-up",
    "engine": {"secret": "the engine's secret"},
    "twilio": {"account_sid": "AC1", "auth_token": "b5c1e9f2a7d84036b5c1e9f2a7d84036"},
    "telegram": {"token": "71:AAF-w9s2kd8f7g6h5j4k3l2", "webhook_secret": "Zq3xV8nB5mK2wR7t"},
}
