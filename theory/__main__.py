"""`python -m theory`: the command line."""

import sys

if __name__ == "__main__":  # a worker process of the pool imports this module under another name
    from theory.cli import main

    sys.exit(main())
