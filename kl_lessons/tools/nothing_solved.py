"""A plugin of pytest, named in pyproject.toml: tests solve no exercise of whoever runs them.

Neither here nor in the kernels of the lessons, whose progress is saved as 0.
"""

import os

os.environ["KL_LESSONS_PROGRESS"] = ""
