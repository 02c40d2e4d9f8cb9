"""The posts."""
