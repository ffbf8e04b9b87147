"""Words that were typed as if they were read whole: here each of their letters acts at once, as a key of its own."""

from cvp.interview.keys import keys_of
from cvp.interview.state import Interview
from cvp.speaking import _


class Trail:
    """The keys that were pressed one after the other, with nothing else in between."""

    def __init__(self) -> None:
        self._keys = ""

    def press(self, key: str | None) -> None:
        """One more; None for a key that is no part of a word."""
        self._keys = "" if key is None else self._keys + key.casefold()

    def misread(self, interview: Interview, text: str) -> Interview | None:
        """The moment that says so, where the last keys and `text` spell a word for a key, as `h`, `e` and `lp` do."""
        end, keys, self._keys = text.strip().casefold(), self._keys, ""
        words = (word for word in keys_of(interview).named if word.endswith(end) and len(end) < len(word))
        word = next((word for word in words if end and keys.endswith(word.removesuffix(end))), "")
        if not word:
            return None
        said = _(
            'Single keys act at once here, so "{word}" came in letter by letter; its end, "{end}", is not kept. '
            "Type {typed} for it."
        )
        return interview.saying(said.format(word=word, end=end, typed=interview.typed(word)))
