"""Where the program begins and ends: ``budget``, or ``python -m commands``."""

import gc
import os
import sys


def main() -> None:
    """Run the program. What it imports stays: to search it for garbage again and again is a tenth of a short run."""
    gc.disable()
    try:
        from commands.main import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)
    except SystemExit as ended:
        _end(ended)


def _end(ended: SystemExit) -> None:
    """End at once when all is written: to take apart what was imported is a twentieth of a short run."""
    for stream in filter(None, (sys.stdout, sys.stderr)):  # either may be closed
        try:
            stream.flush()
        except (OSError, ValueError):
            raise ended from None  # Python tells of what could not be written
    os._exit(ended.code if isinstance(ended.code, int) else bool(ended.code))


if __name__ == "__main__":
    main()
