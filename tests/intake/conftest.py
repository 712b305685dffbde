"""The browser of whoever sits at the telephone of the bureau."""

import pytest


@pytest.fixture
def browser(operator, sign_in):
    return sign_in(operator)
