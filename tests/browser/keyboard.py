"""Hands that never leave the keyboard, and how often they came down."""

import re

from playwright.sync_api import Locator, Page, expect

CHARACTERS_A_MINUTE = 200
KEYS_A_CHARACTER = 3  # of an input method, with the choice of the character
FARTHEST = 90  # Tabs from one field to another before the hands give up


class Keyboard:
    """Every key is counted; a Chinese character counts as one, as if the input method needed a single key."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.struck = 0
        self.characters = 0

    @property
    def seconds(self) -> float:
        """How long hands need that write so many characters a minute, a single key being a part of a character."""
        a_character = 60 / CHARACTERS_A_MINUTE
        return self.characters * a_character + (self.struck - self.characters) * a_character / KEYS_A_CHARACTER

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)
        self.struck += times

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.struck += len(text)
        self.characters += sum(not sign.isascii() for sign in text)

    def tab_to(self, field: Locator, key: str = "Tab") -> None:
        """Walk to the field, however far it is."""
        for _ in range(FARTHEST):
            if field.evaluate("field => field === document.activeElement"):
                return
            self.press(key)
        raise AssertionError(f"{field} cannot be reached with {key}")

    def pick(self, field: Locator, initials: str, words: str) -> None:
        """Type initials into a field that suggests, and take the suggestion that says exactly these words."""
        self.tab_to(field)
        self.type(initials)
        wanted = self.page.locator(f"[role=option][data-words='{words}']")
        wanted.wait_for()
        while wanted.get_attribute("aria-selected") != "true":
            self.press("ArrowDown")
        self.press("Enter")
        expect(field).to_have_value(re.compile(re.escape(words)))
