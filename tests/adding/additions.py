"""Records that tests and benchmarks add to the data, as a maintainer would."""

# Half a day of a petaflop/s: 1000 devices would do it at 1 TFLOP/s each, in half a day at full use.
SYSTEM = """
id = "later-net"
name = "Later network"
listing = "own"
era = "modern"
domain = "vision"
date = 2019-06-01
date_precision = "day"
date_note = "Made up."
paper = "kingma2014adam"
paper_date = 2019-06-01
paper_date_precision = "day"
sources = ["kingma2014adam"]
used = "stated"
since = "{since}"

[[estimates]]
id = "stated"
method = "stated"
role = "printed"
sources = ["kingma2014adam"]
where = "abstract"

[[estimates.factors]]
name = "compute"
label = "compute stated"
value = 0.5
unit = "pfs-day"
sources = ["kingma2014adam"]
"""
# A network that sets a record at the level of AlexNet.
ROW = "later-net,Later network,2019-06-01,made up,1.82,resnet18,10,54.6,hernandez2020measuring,,{since},\n"
# A run that beats every other one of the GPT-2 speedrun.
RECORD = (
    "later,Later run,2026-09-01,First Author;Second Author,0.45,8x H100,all,,reported,https://example.org/log,"
    "record-92,jordan2026modded,,{since},\n"
)
