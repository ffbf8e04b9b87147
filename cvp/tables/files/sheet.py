"""Run as a program of its own: the rows of a spreadsheet's sheet, pickled to standard output.

calamine ends the whole process when a sheet's cells need more memory than there is, which one cell far away is enough
for. So it runs apart, with a limit. It must import nothing of cvp: it is started by its path.
"""

import pickle
import sys
from itertools import islice
from typing import BinaryIO

BATCH = 2_000
HEAD = 200
TOO_LARGE = 7
UNREADABLE = 8
MISSING = 9


def limit(size: int, seconds: int) -> None:
    """Ends the process rather than let it take more bytes or seconds of work than this, where the system can."""
    try:
        import resource
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (size if most == resource.RLIM_INFINITY else min(size, most), most))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def write_rows(path: str, wanted: str, out: BinaryIO) -> None:
    """First the sheet's name and those of the others, then lists of rows from the sheet's top on, then None.

    Without a `wanted` name it is the first sheet that is not empty; then the name and the first rows of each other
    sheet that is not empty follow, and None.
    """
    import python_calamine as calamine

    with calamine.load_workbook(path) as book:
        names = [
            meta.name
            for meta in book.sheets_metadata
            if meta.typ == calamine.SheetTypeEnum.WorkSheet and meta.visible == calamine.SheetVisibleEnum.Visible
        ]
        sheets = ((name, book.get_sheet_by_name(name)) for name in names if wanted in ("", name))
        name, sheet = next(((name, sheet) for name, sheet in sheets if sheet.start), ("", None))
        pickle.dump((name, [other for other in names if other != name]), out)
        rows = iter(sheet.iter_rows()) if sheet else iter(())
        while batch := list(islice(rows, BATCH)):
            pickle.dump(batch, out)
        pickle.dump(None, out)
        out.flush()
        for other, sheet in () if wanted else sheets:
            if sheet.start:
                pickle.dump((other, list(islice(sheet.iter_rows(), HEAD))), out)
        pickle.dump(None, out)


def main() -> int:
    limit(int(sys.argv[2]), int(sys.argv[3]))
    try:
        write_rows(sys.argv[1], sys.argv[4], sys.stdout.buffer)
    except MemoryError:
        return TOO_LARGE
    except ImportError:
        return MISSING
    except BaseException as error:  # Rust's panics are no Exceptions
        sys.stderr.write(f"{type(error).__name__}: {error}"[:500])
        return UNREADABLE
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
