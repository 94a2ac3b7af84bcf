"""What the pages of introductions show and do."""
