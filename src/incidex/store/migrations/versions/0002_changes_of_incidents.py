"""When an incident was founded and when it changed last, for formats that give each version a time."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add both columns. Nobody wrote down when the incidents that are there changed: it is now that they do."""
    op.add_column("incidents", sa.Column("founded_on", sa.Text(), nullable=True))
    op.add_column("incidents", sa.Column("changed_at", sa.Text(), nullable=False, server_default=""))
    table = sa.table("incidents", sa.column("changed_at", sa.Text()))
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    op.get_bind().execute(table.update().values(changed_at=now))
