"""A marked document as a PDF booklet: A4, serif, both languages side by side, the same bytes everywhere."""

from tracktwo.text.pdf.typesetting import write

__all__ = ["write"]
