"""A wrong setting stops the start, and says which, why, and what to do."""

import pytest

from config import Settings, WrongSetting


@pytest.fixture
def env(tmp_path):
    for name in ("keys", "secret"):
        file = tmp_path / name
        file.write_text("words")
        file.chmod(0o600)
    return {
        "TIPLINE_DATABASE": "sqlite://",
        "TIPLINE_KEYS": str(tmp_path / "keys"),
        "TIPLINE_SECRET_FILE": str(tmp_path / "secret"),
    }


def test_three_settings_are_enough(env):
    assert Settings.from_env(env).secret == "words"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"TIPLINE_DATABASE": " "}, "TIPLINE_DATABASE is not set"),
        ({"TIPLINE_KEYS": "/nowhere"}, "there is no file /nowhere"),
        ({"TIPLINE_SMTP_PORT": "25a"}, "TIPLINE_SMTP_PORT must be a whole number"),
        ({"TIPLINE_REHEARSAL": "perhaps"}, "TIPLINE_REHEARSAL must be 1 or 0"),
        ({"TIPLINE_FONT_DIRS": "/nowhere"}, "there is no folder /nowhere"),
        ({"TIPLINE_REHEARSAL_MAILBOX": "a@b.example", "TIPLINE_SMTP_HOST": "mail.example"}, "for a rehearsal only"),
        ({"TIPLINE_REHEARSAL_MAILBOX": "a@b.example", "TIPLINE_REHEARSAL": "1"}, "needs TIPLINE_SMTP_HOST"),
    ],
)
def test_a_wrong_one_is_named(env, wrong, says):
    with pytest.raises(WrongSetting, match=says):
        Settings.from_env(env | wrong)


def test_keys_that_others_can_read_are_refused(env, tmp_path):
    (tmp_path / "keys").chmod(0o644)
    with pytest.raises(WrongSetting, match="chmod 600"):
        Settings.from_env(env)
