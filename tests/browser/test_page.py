"""The demo's page as a visitor uses it: what is typed and tapped there goes the way of production."""

import re

from playwright.async_api import Locator, Page, expect


def pane(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


async def be(page: Page, name: str) -> None:
    """Be somebody in Slack, in the direct message with the bot."""
    people = page.get_by_role("group", name="誰として使うか")
    await people.get_by_role("button", name=name).first.click()
    await look_at(page, "取次ぎ")


async def look_at(page: Page, place: str) -> None:
    await page.get_by_role("navigation", name="チャンネル").get_by_role("button", name=place).click()


async def type_in_slack(page: Page, text: str) -> None:
    await page.get_by_label("Slack のメッセージ").fill(text)
    await page.get_by_label("Slack のメッセージ").press("Enter")


async def dial(page: Page, caller: str) -> None:
    await page.get_by_label("かけてきた人").select_option(caller)
    await page.get_by_role("button", name="電話をかける").click()
    await expect(pane(page, "お客様の電話")).to_contain_text("スマイルコーポレーションでございます")


async def speak(page: Page, words: str) -> None:
    await page.get_by_label("お客様の言葉").fill(words)
    await page.get_by_label("お客様の言葉").press("Enter")


async def test_a_status_a_call_and_the_message(page: Page) -> None:
    slack, telephone = pane(page, "Slack"), pane(page, "お客様の電話")
    await be(page, "栗本")
    await type_in_slack(page, "/tori 出張 明日まで")
    await expect(slack).to_contain_text("あなただけに表示されています")
    await expect(slack.get_by_role("button", name="取り消し")).to_be_visible()

    await dial(page, "+815012345678")
    await speak(page, "アオバ商事の三上です。営業の栗本さんをお願いします。至急です")
    await expect(telephone).to_contain_text("出張しております")
    await telephone.get_by_role("button", name="切る").click()

    await look_at(page, "電話")
    card = slack.get_by_role("article").filter(has_text="アオバ商事の三上様からお電話がありました")
    await expect(card).to_contain_text("お急ぎ")
    await card.get_by_role("button", name="対応済み").click()
    await expect(card).to_contain_text("対応済み: アオバ商事の三上様")
    await expect(card.get_by_role("button", name="対応済み")).to_have_count(0)


async def test_a_transfer_with_a_tap_is_counted_down_and_put_through(page: Page) -> None:
    slack, telephone, desk = pane(page, "Slack"), pane(page, "お客様の電話"), pane(page, "社員の電話")
    await be(page, "佐藤")
    await dial(page, "+819033334444")
    await speak(page, "青葉商事の三上です。営業の佐藤さんをお願いします")
    await expect(slack.get_by_role("timer")).to_have_text(re.compile(r"あと \d+ 秒"))
    before = await slack.get_by_role("timer").inner_text()
    await expect(slack.get_by_role("timer")).not_to_have_text(before)
    await expect(telephone).to_contain_text("保留音")
    await slack.get_by_role("button", name="つなぐ").click()
    await expect(slack.get_by_role("timer")).to_have_count(0)

    sato = desk.get_by_role("article", name="佐藤 花子の電話")
    await expect(sato).to_contain_text("着信中")
    await sato.get_by_role("button", name="出る").click()
    await expect(sato).to_contain_text("青葉商事の三上様からお電話です")
    await sato.get_by_role("button", name="1", exact=True).click()
    await expect(telephone).to_contain_text("佐藤さんと通話中")
    await sato.get_by_label("佐藤の言葉").fill("お電話代わりました")
    await sato.get_by_label("佐藤の言葉").press("Enter")
    await expect(telephone).to_contain_text("お電話代わりました")
    await sato.get_by_role("button", name="切る").click()
    await expect(telephone).to_contain_text("通話が終わりました")
    await expect(slack).to_contain_text("おつなぎしました")


async def test_line_is_linked_by_a_code_and_takes_a_status(page: Page) -> None:
    line = pane(page, "LINE")
    await line.get_by_role("button", name="佐藤花").click()
    await line.get_by_role("button", name="招待コードを発行").click()
    await expect(page.get_by_label("LINE のメッセージ")).to_have_value(re.compile(r"^\w{4}-\w{4}$"))
    await page.get_by_label("LINE のメッセージ").press("Enter")
    await expect(line).to_contain_text("佐藤 花子さんのLINEとして登録しました")
    await page.get_by_label("LINE のメッセージ").fill("会議 30分")
    await page.get_by_label("LINE のメッセージ").press("Enter")
    await expect(line).to_contain_text("まで 会議")

    await be(page, "大野")
    await type_in_slack(page, "みんなの状況")
    await expect(pane(page, "Slack")).to_contain_text("佐藤 花子さん: 会議")
    await line.get_by_role("button", name="取り消し").click()
    await expect(line).to_contain_text("取り消し")


async def test_a_form_on_a_narrow_screen(page: Page) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    slack = pane(page, "Slack")
    await page.get_by_role("navigation", name="画面の切り替え").get_by_role("button", name="Slack").click()
    await look_at(page, "ホーム")
    await slack.get_by_role("button", name="状況を登録する").click()
    form = page.get_by_role("form", name="状況の登録")
    await form.get_by_role("button", name="やめる").click()
    await expect(form).to_have_count(0)
    await slack.get_by_role("button", name="状況を登録する").click()
    await form.get_by_label("状況").select_option(label="外出")
    await form.get_by_label("いつまで").fill("2020-01-01T10:00")
    await form.get_by_role("button", name="保存").click()
    await expect(form.get_by_role("alert").filter(has_text="過ぎています")).to_be_visible()
    await form.get_by_label("いつまで").fill("")
    await form.get_by_label("行き先など").fill("大阪")
    await form.get_by_role("button", name="保存").click()
    await expect(form).to_have_count(0)
    await expect(slack).to_contain_text("外出")
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width == 390, f"the page is {width} px wide"
