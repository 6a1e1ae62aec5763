"""The one error of this package: a page that cannot be rendered, with its place."""


class PageError(Exception):
    """A page asks for something that is not there; the message says what, and the hook adds page and line."""
