"""How the rows of a CSV file are read: each test breaks one thing in a copy and reads the whole message."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from analysis.errors import InputError
from analysis.inputs import tables
from analysis.inputs.csv_rows import numbered_records
from analysis.inputs.dataset import Dataset
from analysis.inputs.faults import Faults
from analysis.inputs.load import load_dataset
from analysis.inputs.records import Device

Replace = Callable[[str, str, str], None]
Fault = Callable[[str, str, str], str]

DEVICES = "data/devices.csv"
LEVEL = "data/efficiency/alexnet_level.csv"
# Row 2 of devices.csv, the first below the header: its listed peak is the only cell with this number.
PEAK = ",1.581,"
PEAK_CELL = f"{DEVICES}: row 2: fp32_peak_tflop_per_s"


def read_table(model: type[Device], path: Path, root: Path) -> tuple[Device, ...]:
    """The rows of a table, with its faults raised."""
    faults = Faults()
    records = tuple(record for _, record in numbered_records(model, path, root, faults))
    faults.raise_any()
    return records


@pytest.mark.parametrize("cell", ["nan", "inf", "-inf", "NaN", "Infinity"])
def test_a_cell_that_is_not_finite_is_no_number(fault: Fault, cell: str) -> None:
    assert fault(DEVICES, PEAK, f",{cell},") == f"{PEAK_CELL}: found '{cell}'; expected a plain decimal number"


@pytest.mark.parametrize("cell", ["0", "0.0", "-1", "1e-400"])
def test_a_cell_is_above_zero(fault: Fault, cell: str) -> None:
    assert fault(DEVICES, PEAK, f",{cell},") == (f"{PEAK_CELL}: expected a finite number above zero; found '{cell}'")


def test_a_cell_too_large_for_a_number_is_not_finite(fault: Fault) -> None:
    # The largest float is about 1.8e308.
    message = fault(DEVICES, PEAK, ",1e400,")
    assert message == f"{PEAK_CELL}: expected a finite number above zero; found '1e400'"


@pytest.mark.parametrize(
    "cell", ["1_000", "٣", "１.581", "0x10", ".5", "5.", "+1", "01", " 1.581", "1 581", "1.581 TF"]
)
def test_a_number_is_spelled_plainly(fault: Fault, cell: str) -> None:
    assert fault(DEVICES, PEAK, f",{cell},") == f"{PEAK_CELL}: found '{cell}'; expected a plain decimal number"


def test_a_number_ends_with_its_last_digit(fault: Fault) -> None:
    # The row starts on the second line of the file; its quoted cell ends on the third.
    message = fault(DEVICES, PEAK, ',"1.581\n",')
    assert message == (f"{PEAK_CELL}: found '1.581\\n'; expected a plain decimal number")


def test_a_comma_in_a_number_is_one_cell_too_many(fault: Fault) -> None:
    assert fault(DEVICES, PEAK, ",1,581,") == f"{DEVICES}: row 2: 13 cells; expected 12"


def test_a_number_that_must_be_there_is_not_empty(fault: Fault) -> None:
    assert fault(DEVICES, PEAK, ",,") == f"{PEAK_CELL}: found ''; expected a plain decimal number"


def test_a_power_of_ten_is_a_plain_number(copied_data: Path, replace_in: Replace) -> None:
    # 1581e-3 = 1.581
    replace_in(DEVICES, PEAK, ",1581e-3,")
    device = next(device for device in load_dataset(copied_data).rows(tables.DEVICES) if device.id == "gtx-580")
    assert device.fp32_peak_tflop_per_s == 1.581


def test_a_day_that_does_not_exist_is_refused(fault: Fault) -> None:
    # 2012 was a leap year, and its February had 29 days.
    message = fault(LEVEL, "2012-06-01", "2012-02-30")
    assert message == f"{LEVEL}: row 2: date: found '2012-02-30'; day is out of range for month"


def test_a_month_that_does_not_exist_is_refused(fault: Fault) -> None:
    message = fault(LEVEL, "2012-06-01", "2012-13-01")
    assert message == f"{LEVEL}: row 2: date: found '2012-13-01'; month must be in 1..12"


@pytest.mark.parametrize("cell", ["1-6-2012", "2012-6-1", "20120601", "2012-06", "2012-W22-5", "٢٠١٢-06-01", ""])
def test_a_date_has_year_month_and_day(fault: Fault, cell: str) -> None:
    message = fault(LEVEL, "2012-06-01", cell)
    assert message == f"{LEVEL}: row 2: date: found '{cell}'; expected a date such as 2012-06-01"


def test_a_missing_table_is_named(copied_data: Path) -> None:
    (copied_data / DEVICES).unlink()
    with pytest.raises(InputError, match=r"^data/devices\.csv: no such file$"):
        load_dataset(copied_data)


def test_a_short_row_is_refused(fault: Fault) -> None:
    message = fault(DEVICES, "NVIDIA,2012-11-12,2496,", "NVIDIA,2012-11-12,")
    assert message == f"{DEVICES}: row 3: 11 cells; expected 12"


def test_a_doubled_header_is_refused(fault: Fault) -> None:
    message = fault(DEVICES, "id,name,vendor", "id,name,name")
    assert message == f"{DEVICES}: header: found 'name' in columns 2 and 3; expected each name once"


def test_a_nul_byte_is_refused(fault: Fault) -> None:
    assert fault(DEVICES, "NVIDIA", "NVI\0DIA") == f"{DEVICES}: row 2: found a NUL byte; expected text"


def test_a_table_is_utf8(copied_data: Path) -> None:
    path = copied_data / DEVICES
    path.write_bytes(path.read_bytes().replace(b"GeForce", b"GeF\xf6rce", 1))
    with pytest.raises(InputError, match=r"^data/devices\.csv: not UTF-8 text: 'utf-8' codec"):
        load_dataset(copied_data)


def test_an_empty_table_is_refused(copied_data: Path) -> None:
    (copied_data / DEVICES).write_text("", encoding="utf-8")
    with pytest.raises(InputError, match=r"^data/devices\.csv: empty; expected a header$"):
        load_dataset(copied_data)


def test_a_quotation_mark_that_is_not_closed_is_refused(copied_data: Path) -> None:
    path = copied_data / DEVICES
    path.write_text(path.read_text(encoding="utf-8") + '"open', encoding="utf-8")
    # The file has nine lines, a header and eight devices; the open cell is on the tenth.
    with pytest.raises(
        InputError, match=r"^data/devices\.csv: row 10: unexpected end of data; a quotation mark opens on line 10$"
    ):
        load_dataset(copied_data)


def test_a_header_in_another_order_than_the_sidecar_is_refused(fault: Fault) -> None:
    message = fault(DEVICES, "id,name,vendor", "id,vendor,name")
    assert message == f"{DEVICES}: header: found 'vendor'; expected 'name', as declared in devices.toml"


def test_a_column_the_sidecar_does_not_describe_is_refused(fault: Fault) -> None:
    message = fault("data/devices.toml", 'name = "vendor"', 'name = "maker"')
    assert message == f"{DEVICES}: header: found 'vendor'; expected 'maker', as declared in devices.toml"


@pytest.mark.parametrize(("mark", "shown"), [(";", "';'"), ("\t", "tabs"), ("|", "'|'")])
def test_another_separator_is_named_in_the_message(copied_data: Path, mark: str, shown: str) -> None:
    path = copied_data / DEVICES
    path.write_text(path.read_text(encoding="utf-8").replace(",", mark), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_dataset(copied_data)
    assert str(caught.value).endswith(f"cells are separated by {shown}, expected commas")


def test_columns_that_are_missing_are_named(fault: Fault) -> None:
    message = fault(DEVICES, "id,name,vendor,released,cores,", "id,name,cores,")
    assert message == (
        f"{DEVICES}: header: found 10 columns, id, name, cores, base_clock_mhz, boost_clock_mhz, "
        "fp32_peak_tflop_per_s, sources, note, since, until; expected also vendor, released, as declared in devices.toml"
    )


def test_a_table_without_a_row_is_refused(copied_data: Path) -> None:
    path = copied_data / LEVEL
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_dataset(copied_data)
    assert str(caught.value) == f"{LEVEL}: found a header and no rows; expected at least one row"


@pytest.mark.parametrize("cell", ["None", "nan", "N/A", "null", "  "])
def test_a_word_for_a_missing_value_is_refused(fault: Fault, cell: str) -> None:
    message = fault(DEVICES, ",GeForce GTX 580,", f",{cell},")
    assert message == (f"{DEVICES}: row 2: name: found '{cell}'; expected text, or an empty cell where there is none")


def test_an_open_quotation_mark_is_reported_by_its_line(copied_data: Path) -> None:
    path = copied_data / DEVICES
    path.write_text('id,name\na,b\nc,"d\ne,f\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"^data/devices\.csv: row 3: .*a quotation mark opens on line 3$"):
        read_table(Device, path, copied_data)


@pytest.fixture
def usual_limit() -> Iterator[None]:
    """Python's default limit on the length of a cell, which a library may have raised for the whole process."""
    before = csv.field_size_limit(131_072)
    yield
    csv.field_size_limit(before)


@pytest.mark.usefixtures("usual_limit")
def test_a_cell_too_long_to_read_is_reported_without_a_mark_that_is_not_there(copied_data: Path) -> None:
    path = copied_data / DEVICES
    path.write_text(f"id,name\na,b\nc,{'1' * 200_000}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"^data/devices\.csv: row 3: field larger than field limit \(131072\)$"):
        read_table(Device, path, copied_data)


def test_all_faults_of_a_row_are_reported(fault: Fault) -> None:
    message = fault(DEVICES, "2010-11-09,512,1544,,1.581,", "2010-11-9,many,-1,,0,")
    assert message.splitlines() == [
        f"{DEVICES}: row 2: released: found '2010-11-9'; expected a date such as 2012-06-01",
        f"{DEVICES}: row 2: cores: found 'many'; expected a plain decimal number",
        f"{DEVICES}: row 2: base_clock_mhz: expected a finite number above zero; found '-1'",
        f"{PEAK_CELL}: expected a finite number above zero; found '0'",
        "4 faults",
    ]


def test_a_column_the_record_does_not_know_is_refused_with_the_nearest_one(fault: Fault, replace_in: Replace) -> None:
    replace_in("data/devices.toml", 'name = "vendor"', 'name = "vender"')
    message = fault(DEVICES, "id,name,vendor", "id,name,vender")
    assert message == f"{DEVICES}: unknown column 'vender'; did you mean 'vendor'?"


def test_a_blank_line_in_a_table_is_passed_over(copied_data: Path, replace_in: Replace) -> None:
    before = read_table(Device, copied_data / DEVICES, copied_data)
    replace_in(DEVICES, "\ntesla-k20", "\n\ntesla-k20")
    assert read_table(Device, copied_data / DEVICES, copied_data) == before


def test_a_row_is_reported_by_its_line_even_after_a_blank_one(fault: Fault, replace_in: Replace) -> None:
    replace_in(DEVICES, "\ntesla-k20", "\n\ntesla-k20")
    # Header on line 1, GTX 580 on 2, the blank line on 3, the K20 on 4.
    assert fault(DEVICES, ",3.52,", ",x,") == (
        f"{DEVICES}: row 4: fp32_peak_tflop_per_s: found 'x'; expected a plain decimal number"
    )


def test_an_empty_cell_of_an_optional_number_is_none(copied_data: Path) -> None:
    # The table lists no boost clock for the GTX 580.
    devices = {device.id: device for device in read_table(Device, copied_data / DEVICES, copied_data)}
    assert devices["gtx-580"].boost_clock_mhz is None


def test_the_sources_of_a_row_are_split_at_semicolons(copied_data: Path, replace_in: Replace) -> None:
    replace_in(DEVICES, ",epoch2026hardware,The clock", ",epoch2026hardware; amodei2018ai;,The clock")
    devices = read_table(Device, copied_data / DEVICES, copied_data)
    assert devices[0].sources == ("epoch2026hardware", "amodei2018ai")


def test_a_quoted_cell_may_hold_a_comma(copied_data: Path) -> None:
    devices = {device.id: device for device in read_table(Device, copied_data / DEVICES, copied_data)}
    assert devices["tesla-k80"].note.startswith("A board with two GPUs; papers may count either. Peak at full boost; ")
    assert devices["tesla-k80"].note.endswith("lists a lower one, for 824 MHz.")


def test_a_date_must_be_given_unless_its_column_allows_none(fault: Fault) -> None:
    message = fault(DEVICES, "2010-11-09", "")
    assert message == f"{DEVICES}: row 2: released: found ''; expected a date such as 2012-06-01"


def test_an_empty_date_is_none_where_its_column_allows_it(dataset: Dataset) -> None:
    assert None in {row.released for row in dataset.rows(tables.ACCELERATORS)}
