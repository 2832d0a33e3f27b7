"""Cases: what people say that a person of ours must look into, and what came of it."""
