"""Talks of the product's own writing, to try it on."""
