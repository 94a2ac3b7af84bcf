"""Where files of unknown origin are opened: a process of its own with few rights, which imports no Django."""
