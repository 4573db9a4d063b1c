"""``python -m auditor``."""

from auditor.cli import main

if __name__ == "__main__":  # processes that read documents import this module too
    main()
