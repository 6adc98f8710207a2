"""The steps by which a database came to its present shape, oldest first.

A step never changes once it has been released. It says what it does with Alembic's operations and
runs with foreign keys off, inside the one transaction of upgrade.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from alembic.operations import Operations

from gemba.store.migrations import (
    m0001_first,
    m0002_proofs,
    m0003_studio,
    m0004_walks,
    m0005_coaching,
    m0006_forms,
)

Step = Callable[[Operations], None]

STEPS: Final[tuple[Step, ...]] = (
    m0001_first.upgrade,
    m0002_proofs.upgrade,
    m0003_studio.upgrade,
    m0004_walks.upgrade,
    m0005_coaching.upgrade,
    m0006_forms.upgrade,
)
"""Step n brings a database from version n - 1 to version n."""
