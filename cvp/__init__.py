"""cvp: which customer-value level a company's buyers put it on, how sure that is, and the way to Level 4."""

__version__ = "0.1.0"
__all__ = ["__version__", "score_frame"]

TYPE_CHECKING = False  # type checkers take it for true; `typing` would take longer than all of `cvp --version`
if TYPE_CHECKING:
    from cvp.tables.expression import score_frame


def __getattr__(name: str) -> object:
    """Loads `score_frame`, and the dataframe libraries with it, where it is first asked for. Raises MissingExtra."""
    if name != "score_frame":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        from cvp.tables.expression import score_frame
    except ModuleNotFoundError as error:
        from cvp.errors import missing

        raise missing("score_frame", error.name, "tables") from None
    return score_frame
