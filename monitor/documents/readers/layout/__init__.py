"""From glyphs and ruling lines on a page to lines of text. Standard library only."""
