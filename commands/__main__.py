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
        if _is_written():
            _end(ended.code)
        raise


def _is_written() -> bool:
    """Whether all that was said has left; Python itself tells of what could not."""
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):  # either may be closed
            stream.flush()
    except (OSError, ValueError):
        return False
    return True


def _end(code: object) -> None:
    """End at once: to take apart what was imported is a twentieth of a short run."""
    if code is None or isinstance(code, int):
        os._exit(code or 0)


if __name__ == "__main__":
    main()
