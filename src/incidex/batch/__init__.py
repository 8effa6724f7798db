"""Many documents: `analyse_many` in this process, and `incidex batch`, which can be resumed, in several."""

from incidex.batch.many import Outcome as Outcome
from incidex.batch.many import analyse_many as analyse_many
