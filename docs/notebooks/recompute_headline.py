# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
#   since: "2026-11"
# ---

# %% [markdown]
# # A headline from public data
#
# This notebook recomputes the doubling time of "AI and compute" from the data files of this site,
# first with the `analysis` package and then with nothing but NumPy.
# It runs whenever the site is built, and the build stops if it fails.

# %%
import numpy as np
import pandas as pd

from analysis import analyse, load_dataset

study = analyse(load_dataset(), "2026-11")
trend = study.trends["modern"]
time = trend.doubling_time_months
print(f"{time.value:.3f} months, 95% interval {time.low:.2f} to {time.high:.2f}, n = {trend.n}")

# %% [markdown]
# These are the points behind it, as given in the data files.
# The compute of each is a product of factors or a reading of the published chart.

# %%
pd.set_option("display.max_colwidth", None, "display.precision", 3)
points = pd.DataFrame(
    {
        "system": point.system.name,
        "date": point.date,
        "pfs-days": point.pfs_days,
        "from": point.calculation.text(),
    }
    for point in study.era("modern")
)
points

# %% [markdown]
# The same fit by hand: a straight line through the binary logarithm of compute against the date in years.
# The doubling time is twelve months divided by its slope.

# %%
days = pd.to_datetime(points["date"]).to_numpy().astype("datetime64[D]").astype(int)
slope, intercept = np.polyfit(days / 365.2425, np.log2(points["pfs-days"].to_numpy(dtype=float)), 1)
by_hand = 12 / slope
print(f"{by_hand:.3f} months by hand")
assert abs(by_hand - time.value) < 1e-6

# %% [markdown]
# One point has a large influence: without DQN, the run furthest below the line, growth looks slower.

# %%
without = study.trends["modern.without_dqn"].doubling_time_months
print(f"{without.value:.3f} months without DQN")
