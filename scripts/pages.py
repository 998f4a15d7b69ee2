"""Write all that is made from the helpers, in a process that imports the package once: the reference pages, that of
man, and what agents read.
"""

from __future__ import annotations

import agents
import command_line
import reference

if __name__ == "__main__":
    for write in (reference.main, command_line.main, agents.main):
        write([])
