#!/usr/bin/env python
from wenguo.console import main

if __name__ == "__main__":
    main()
