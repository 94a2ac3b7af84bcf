"""Measurements. They print ratios within one run: absolute times belong to the machine."""
