"""Settings of the check against PyTorch, which runs without the packages that the other tests need."""

from hypothesis import settings

# Derandomised: the same examples on every run. No deadline, because no test says anything about time.
settings.register_profile("crosscheck", deadline=None, derandomize=True, database=None)
settings.load_profile("crosscheck")
