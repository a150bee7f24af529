"""The pages of a course whose steps are units: one for each step, all in one package."""

from __future__ import annotations

from msgspec.structs import replace

from coursepack import site, units
from coursepack.package import Part


def to_unit_parts(whole: site.Site, target: str, driver: str) -> list[Part]:
    """The files for one target: the whole course as elsewhere, then the units' pages in the steps' order.

    All units save in the layout of the whole course, so that a step can be moved or a rule be changed later.
    """
    course, found = whole.page.scope.course, dict[str, Part]()
    parts = site.to_parts(whole, target, driver, apart=True)
    names = {part.name for part in parts}
    pages = []
    for step in course.steps:
        unit = site.render(units.narrow(course, step), whole.register, whole.config["layout"])
        unit = replace(unit, config={**unit.config, "older": whole.config["older"]})
        first, *others = site.to_parts(unit, target, driver, apart=True)
        pages.append(Part(units.page_of(whole.register.n("step", step.id)), first.data))
        found |= {part.name: part for part in others}
    return [*parts, *pages, *(part for name, part in found.items() if name not in names)]
