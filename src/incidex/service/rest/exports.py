"""The options of exports that several routes share."""

from typing import Annotated, Literal

from fastapi import Query

Tlp = Annotated[
    Literal["clear", "green", "amber", "amber+strict", "red"], Query(description="STIX and MISP: who may see it.")
]
Profile = Annotated[
    Literal["compat", "full"], Query(description="STIX: core objects only, or with the incident extension.")
]
