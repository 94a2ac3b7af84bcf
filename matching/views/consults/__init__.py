"""Pages of consultations, below `/matching/consults/`."""
