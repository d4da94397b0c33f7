"""Where the program begins: ``budget``, or ``python -m commands``."""

import gc
import sys


def main() -> None:
    """Run the program. What it imports stays: to search it for garbage again and again is a tenth of a short run."""
    gc.disable()
    try:
        from commands.main import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
