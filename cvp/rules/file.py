"""CVP1xx: what makes a file no file of cvp's. The reader and the models find these; here they are named."""

from collections.abc import Iterator

from cvp.document import Fault, Place
from cvp.rules.subject import Subject


def unreadable(subject: Subject) -> Iterator[Fault]:
    """The file cannot be read.

    A pipe, a device, a file over 4 MiB, or one that you may not read. Give a regular file of YAML or JSON.
    """
    yield from subject.faults("unreadable")


def syntax(subject: Subject) -> Iterator[Fault]:
    """The file is not YAML.

    A parser cannot tell what the lines mean from here on, so nothing after this place is checked. Most often a text
    that holds a colon or starts with a sign such as ? or @ needs quotes, or the indentation is off by a space.
    """
    yield from subject.faults("syntax")


def encoding(subject: Subject) -> Iterator[Fault]:
    """The file is not UTF-8.

    Other encodings turn accents and dashes into something else on another machine. Save the file as UTF-8; every
    editor can.
    """
    yield from subject.faults("encoding")


def unprintable(subject: Subject) -> Iterator[Fault]:
    """A character that is not to be printed.

    Control characters move cursors and set window titles; bidirectional marks make a text read otherwise than it is
    written. Take the character out.
    """
    yield from subject.faults("control")


def depth(subject: Subject) -> Iterator[Fault]:
    """Lists or mappings are nested too deep.

    No file of cvp needs more than a handful of levels; a file with more than 32 is damaged, or meant to do damage.
    """
    yield from subject.faults("depth")


def size(subject: Subject) -> Iterator[Fault]:
    """More values than any file of cvp needs.

    A file of 30,000 values, ten times our largest, is no questionnaire and no file of answers; it is damaged, or meant
    to do damage. Answers of many people go into a table, which `cvp batch` reads.
    """
    yield from subject.faults("size")


def duplicate_key(subject: Subject) -> Iterator[Fault]:
    """A key is there twice.

    Other readers silently keep one of the two, and not all the same one. Keep one and take the other out.
    """
    yield from subject.faults("duplicate")


def alias(subject: Subject) -> Iterator[Fault]:
    """An anchor, an alias or a merge key.

    They make a small file mean an enormous one, and hide from a reviewer what a line means. Write the value out, or
    use a named choice list.
    """
    yield from subject.faults("alias")


def tag(subject: Subject) -> Iterator[Fault]:
    """A tag.

    Tags such as !!python/object can make other readers run code. Take it out; to make a number a text, use quotes.
    """
    yield from subject.faults("tag")


def second_document(subject: Subject) -> Iterator[Fault]:
    """A second document in one file.

    A line of three dashes starts a new document, and nothing says which of the two counts. Put each in its own file.
    """
    yield from subject.faults("documents")


def key_not_text(subject: Subject) -> Iterator[Fault]:
    """A key that is no text.

    A list or a mapping is used as a key, often because of a stray ? or bracket. Write a plain key.
    """
    yield from subject.faults("key")


def number(subject: Subject) -> Iterator[Fault]:
    """A number that no program can keep.

    Infinity, not-a-number, or more than 18 digits. Where a text is meant (an order number), put it in quotes.
    """
    yield from subject.faults("number")


def unknown_key(subject: Subject) -> Iterator[Fault]:
    """A key that cvp does not know.

    Most often a misspelling, whose value would otherwise be left out silently. Mend the spelling or take the key out.
    """
    yield from subject.faults("unknown_key")


def missing_key(subject: Subject) -> Iterator[Fault]:
    """A key that must be there is missing.

    The format needs it to score or to report. Add it; `cvp new` shows a complete file.
    """
    yield from subject.faults("missing")


def wrong_type(subject: Subject) -> Iterator[Fault]:
    """A value of another kind than the format wants.

    A number where a text is wanted, or the other way round; an empty value; a list in place of a mapping. YAML reads
    unquoted 1.10 as the number 1.1, so versions and dates that are texts need quotes.
    """
    yield from subject.faults("wrong_type")


def wrong_value(subject: Subject) -> Iterator[Fault]:
    """A value that the format does not allow.

    A score outside 0 to 1, a weight of 0, an id with capitals, a day that is not in the calendar.
    """
    yield from subject.faults("wrong_value")


def unrecognised(subject: Subject) -> Iterator[Fault]:
    """Neither a questionnaire nor a file of answers.

    A questionnaire has `criteria` and `levels`, a selection has `picks`, a file of answers has `answers` or `ballots`.
    """
    if subject.kind == "unknown" and not subject.document.faults:
        place = Place(1, 1, 1, 1)
        if subject.document.data is None:
            yield Fault("the file is empty", place=place, help="`cvp new FILE` writes one to start from")
        else:
            yield Fault("is neither a questionnaire nor a file of answers", place=place, help=_HELP)


_HELP = "a questionnaire has `criteria`, a file of answers has `answers`; `cvp new FILE` writes a questionnaire"
