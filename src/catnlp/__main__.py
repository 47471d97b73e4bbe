"""`python -m catnlp`."""

from catnlp.cli import main

if __name__ == "__main__":
    main()
