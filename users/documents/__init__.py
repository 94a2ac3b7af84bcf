"""What documents prove, how they come in and how they are looked at."""
