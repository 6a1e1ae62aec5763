"""How a later edition corrects a constant: the old entry is closed, and one with another number put in its place."""

from pathlib import Path


def supersede(path: Path, old: str, new: str, *, since: str) -> None:
    """Closes the constant that holds a text in a TOML file and adds it with a new text, from an edition on."""
    text = path.read_text(encoding="utf-8")
    entry = next(part for part in text.split("[[constants]]") if old in part)
    line = next(line for line in entry.splitlines() if line.startswith("since"))
    later = entry.replace(old, new).replace(line, f'since = "{since}"')
    closed = f'{entry.rstrip()}\nuntil = "{since}"\n\n'
    path.write_text(text.replace(entry, f"{closed}[[constants]]{later}"), encoding="utf-8")
