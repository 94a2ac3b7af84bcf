"""Members as CSV files, in and out: `import_members` and `export_members`."""
