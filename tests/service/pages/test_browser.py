"""The desk in a real browser: with the mouse, with the keyboard alone, on a small screen, and as axe sees it."""

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from paths import ROOT

from incidex.service.desk import Desk

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# Set it to make the pictures of the docs anew.
PICTURES = ROOT / "docs/how-to/images" if os.environ.get("INCIDEX_SCREENSHOTS") else None


@pytest.fixture(scope="module")
def browser(chromium: str) -> "Iterator[Browser]":
    """Return a browser."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs the extra 'browser'")
    with playwright.sync_playwright() as tool:
        flags = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = tool.chromium.launch(executable_path=chromium, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: "Browser", served: tuple[Desk, str]) -> "Iterator[Page]":
    """Return a window on the desk. Whatever a script or the security policy complains of is a failure."""
    with browser.new_context(base_url=served[1], viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.set_default_timeout(15_000)
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        yield page
        assert complaints == []


def picture(page: "Page", name: str) -> None:
    """Make a picture for the docs, if that is asked for."""
    if PICTURES:
        page.wait_for_timeout(300)
        page.screenshot(path=PICTURES / f"{name}.png")


def open_report(page: "Page", title: str) -> None:
    page.goto("/")
    page.click(f"#reports a:has-text('{title}')")
    page.wait_for_selector("#article")
    page.wait_for_load_state("load")  # only now do keys work


def eventually(page: "Page", holds: Callable[[], bool]) -> None:
    """Wait until something holds. Playwright's own way to wait for it needs what the security policy forbids."""
    for _ in range(100):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("It did not happen within ten seconds.")


def unsure(page: "Page") -> int:
    return int(page.inner_text("#unsure-count"))


def test_from_a_pasted_article_to_an_exported_incident(
    page: "Page", served: tuple[Desk, str], article: str, tmp_path: Path
) -> None:
    page.goto("/")
    page.fill("#text", article)
    page.click("#add button")
    page.wait_for_selector(".job.read a")
    picture(page, "inbox")
    page.click(".job.read .what a")

    page.click("#article mark.trigger >> nth=0")
    page.wait_for_selector("#panel button[data-key='3']")
    assert page.locator(".finding.lit").count() == 1
    page.click("#panel button[data-key='3']")
    page.wait_for_selector(".finding.person")
    assert served[0].store.decisions()[-1].kind == "edit"

    page.click(".head .incident")
    page.click("text=Compare with another")
    page.select_option("select[name=id]", index=0)
    page.click("main button:has-text('Compare')")
    picture(page, "compare")
    page.fill("input[name=reason]", "The same theft")
    page.click("button:has-text('Join them')")
    page.wait_for_selector("#sources")
    page.click("summary:has-text('Export')")
    with page.expect_download() as download:
        page.click("a[href$='/export/stix']")
    download.value.save_as(tmp_path / "incident.json")
    bundle = json.loads((tmp_path / "incident.json").read_text("utf-8"))
    assert bundle["type"] == "bundle"
    assert {one["type"] for one in bundle["objects"]} >= {"report", "incident"}


def test_words_and_findings_light_each_other_up(page: "Page") -> None:
    open_report(page, "Passports")
    finding = page.locator(".finding[data-thing=argument]").first
    finding.locator(".about").click()
    key = finding.get_attribute("data-key")
    lit = page.locator("#article mark.lit")
    assert lit.count() >= 1
    assert all(key in (lit.nth(number).get_attribute("data-f") or "").split() for number in range(lit.count()))
    picture(page, "report")
    page.uncheck("#show-claim")
    assert not page.locator("section[data-kind=claim]").is_visible()
    page.check("#only-unsure")
    assert page.locator(".finding:visible:not(.unsure)").count() == 0


def test_with_the_keyboard_alone(page: "Page", served: tuple[Desk, str]) -> None:
    open_report(page, "Passports")
    before = unsure(page)
    for done in range(1, 4):
        page.keyboard.press("n" if done == 1 else "a")
        left = before - done + 1
        eventually(page, lambda left=left: unsure(page) == left)  # type: ignore[misc]
        page.wait_for_selector("#panel .verdicts")
    assert len(served[0].store.decisions()) == 2
    picture(page, "keys")
    page.keyboard.press("u")
    eventually(page, lambda: unsure(page) == before - 1)
    page.keyboard.press("U")
    eventually(page, lambda: unsure(page) == before - 2)
    page.keyboard.press("?")
    page.wait_for_selector("#keys[open]")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("ferr")
    page.keyboard.press("Enter")
    page.wait_for_selector(".hit")


def test_a_span_is_resized_with_keys_and_by_dragging(page: "Page", served: tuple[Desk, str]) -> None:
    open_report(page, "Passports")
    page.click(".finding[data-thing=argument] .about >> nth=0")
    page.wait_for_selector(".handle >> nth=1")
    span = page.get_attribute("#panel [data-for]", "data-span")
    page.keyboard.press("Shift+ArrowRight")
    page.wait_for_selector(".finding.person")
    (decision,) = served[0].store.decisions()
    extent = getattr(getattr(decision.content, "change", None), "extent", None)
    assert extent is not None
    assert f"{extent.start}:{extent.end}" != span

    page.wait_for_selector(".handle >> nth=1")
    box = page.locator(".handle").nth(1).bounding_box()
    assert box
    page.mouse.move(box["x"] + 7, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    eventually(page, lambda: len(served[0].store.decisions()) == 2)


def test_an_argument_is_linked_to_another_trigger_in_two_clicks(page: "Page", served: tuple[Desk, str]) -> None:
    open_report(page, "Passports")
    page.click(".finding[data-detail=Victim] .about >> nth=0")
    page.click("#panel button[name=to]:not([aria-pressed]) >> nth=0")
    page.wait_for_selector(".finding.person")
    (decision,) = served[0].store.decisions()
    assert getattr(getattr(decision.content, "change", None), "trigger", None) is not None


def test_marked_words_become_a_trigger(page: "Page", served: tuple[Desk, str]) -> None:
    open_report(page, "Passports")
    place = page.locator("#article p:has-text('long queues formed')")
    box = place.bounding_box()
    assert box
    place.evaluate(
        """block => {
            const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
            let node = walker.nextNode();
            while (!node.data.includes('queues formed')) node = walker.nextNode();
            const start = node.data.indexOf('queues formed');
            getSelection().setBaseAndExtent(node, start, node, start + 13);
            node.parentElement.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
        }"""
    )
    page.click("#panel button[name=event_type] >> nth=0")
    eventually(page, lambda: len(served[0].store.decisions()) == 1)
    (decision,) = served[0].store.decisions()
    assert getattr(decision.content, "words", "") == "queues formed"


def test_at_390_pixels_nothing_is_cut_off(browser: "Browser", served: tuple[Desk, str]) -> None:
    with browser.new_context(base_url=served[1], viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        for path in addresses(page):
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
        open_report(page, "Passports")
        page.click("#article mark.trigger >> nth=0")
        page.click("#panel button[data-key=a]")
        page.wait_for_selector(".finding.person", state="attached")
        picture(page, "phone")


def addresses(page: "Page") -> list[str]:
    """Return an address of every kind of page."""
    page.goto("/")
    links = [one.get_attribute("href") or "" for one in page.locator("main a").all()]
    report = next(link for link in links if link.startswith("/reports/"))
    one, other = list(dict.fromkeys(link[11:] for link in links if link.startswith("/incidents/")))[:2]
    compare = f"/compare?id={one}&id={other}"
    plain = ["/", "/review", "/incidents", "/search?q=ferries", "/decisions", "/compare", "/nothing"]
    return [*plain, report, f"/incidents/{one}?since=2024-03-01", compare]


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: "Browser", served: tuple[Desk, str], colours: str) -> None:
    axe = pytest.importorskip("axe_selenium_python", reason="has axe-core")
    script = next(Path(axe.__file__).parent.rglob("axe.min.js")).read_text("utf-8")
    # The security policy of the desk would not let axe in.
    with browser.new_context(base_url=served[1], bypass_csp=True) as context:
        page = context.new_page()
        page.emulate_media(color_scheme="dark" if colours == "dark" else "light")
        found = {}
        for path in addresses(page):
            page.goto(path)
            if path.startswith("/reports/"):
                page.click("#article mark.trigger >> nth=0")
                page.wait_for_selector("#panel .verdicts")
            page.add_script_tag(content=script)
            violations = page.evaluate("axe.run().then(found => found.violations)")
            serious = [one for one in violations if one["impact"] in ("serious", "critical")]
            if serious:
                found[path] = [(one["id"], one["nodes"][0]["html"][:200]) for one in serious]
        assert found == {}


def test_pages_work_without_scripts(browser: "Browser", served: tuple[Desk, str]) -> None:
    with browser.new_context(base_url=served[1], java_script_enabled=False) as context:
        page = context.new_page()
        open_report(page, "Passports")
        page.click(".finding[data-thing=event] a.more >> nth=0")
        page.click("#panel button[value=accepted]")
        assert page.locator(".finding.person").count() == 1
        page.click("button:has-text('Undo')")
        assert page.locator(".finding.person").count() == 0
        assert re.search(r"/reports/", page.url)
