"""What contributors and lecturers run: python -m kl_lessons.tools.NAME."""
