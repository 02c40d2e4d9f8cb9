"""What the end-to-end tests in tests/e2e have the servers run with."""
