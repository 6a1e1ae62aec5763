"""The compute of a training run by the two methods of the 2018 appendix: its operations, and its device time."""
