"""The course as a web site of plain files: python -m kl_lessons.tools.site."""
