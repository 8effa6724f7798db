"""Keeps documents, what was found in them, the incidents that they report on, and what people decided."""

from incidex.store.opening import open_store as open_store
from incidex.store.store import Store as Store
