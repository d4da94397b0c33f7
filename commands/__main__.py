"""Where the program begins: ``budget``, or ``python -m commands``."""

import gc


def main() -> None:
    """Run the program. What it imports stays: to search it for garbage again and again is a tenth of a short run."""
    gc.disable()
    from commands.main import main as run

    run()


if __name__ == "__main__":
    main()
