"""How photos come in, and the gallery."""
