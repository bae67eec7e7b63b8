"""An NGO, the organizer and a negotiator in the demonstration, each through the bar."""

import pytest

from tests.journeys.conftest import Served, Visitors, press

pytestmark = pytest.mark.browser
SAID = "Municipal radio reaches those whom no letter reaches."
ANSWERED = "Radio is named in the revised article."


def test_an_organisation_comments_and_is_published_and_answered(
    served: Served, visitors: Visitors
) -> None:
    ngo = visitors(public=False)
    ngo.goto(served.at("/"))
    press(ngo, 'a[href$="/continue-as/ngo"]')
    ngo.goto(served.at("/manage/regional-code/comment/art_3/"))
    ngo.check('input[name="position"][value="oppose"]')
    ngo.fill('textarea[name="text"]', SAID)
    press(ngo, 'button[value="send"]')
    assert ngo.url.endswith("/sent/")

    organizer = visitors(public=False)
    organizer.goto(served.at("/"))
    press(organizer, 'a[href$="/continue-as/organizer"]')
    organizer.goto(served.at("/manage/regional-code/comments/"))
    press(organizer, organizer.locator("article", has_text=SAID).locator('button[value="publish"]'))

    citizen = visitors()
    citizen.goto(served.at("draft/art_3/"))
    assert citizen.locator("article.point", has_text=SAID).count() == 1

    organizer.goto(served.at("/manage/regional-code/points/"))
    press(organizer, organizer.locator("nav.list a", has_text=SAID[:30]).first)
    organizer.check('input[name="disposition"][value="accepted"]')
    organizer.fill('textarea[name="text"]', ANSWERED)
    press(organizer, 'button[value="next"]')

    citizen.reload()
    assert citizen.locator("article.point", has_text=SAID).locator(".reply").count() == 1


def test_an_organizer_attaches_a_theme_with_the_keyboard_alone(
    served: Served, visitors: Visitors
) -> None:
    page = visitors(public=False)
    page.goto(served.at("/site/continue-as/organizer"))
    page.goto(served.at("/manage/regional-code/themes/?article=art_3"))
    without = page.inner_text("h1")
    page.locator(".theming input[type=checkbox]").first.focus()
    page.keyboard.press("Space")
    page.locator(".theming input[name^=new-]").nth(1).focus()
    page.keyboard.type("Notice by radio")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "Kept for 2 points." in page.inner_text("main")
    assert page.inner_text("h1") != without
    press(page, page.locator("nav.list a", has_text="Notice by radio").first)
    assert page.locator(".theming").count() == 1
    assert page.locator(".theming :checked").count() == 1


def test_a_negotiator_reads_the_report(served: Served, visitors: Visitors) -> None:
    page = visitors(public=False)
    page.goto(served.at("/"))
    press(page, 'a[href$="/continue-as/negotiator"]')
    press(page, 'main a[href$="/manage/regional-code/"]')
    press(page, page.locator('main a[href*="/reports/"]').first)
    if page.locator("#matrix").count() == 0:
        press(page, page.locator('main a[href$="/reports/1/"]').first)
    assert page.locator("#matrix").count() == 1


def test_a_wrong_password_is_answered_with_a_sentence(served: Served, visitors: Visitors) -> None:
    page = visitors(public=False)
    page.goto(served.at("/site/sign-in", lang="fr"))
    page.fill('input[name="email"]', "organizer@forum.example")
    page.fill('input[name="password"]', "not the password")
    press(page, page.locator('main button[type="submit"], main button').last)
    assert page.get_attribute("html", "lang") == "fr"
    assert page.locator('[role="alert"], .error, .wrong').count() > 0
