"""python -m tipline.commands: what needs no installation, because it makes one."""

import click

from tipline.commands import keys, stage

keyring = click.Group("keys", commands=[keys.new, keys.add], help="Make keys.")
demo = click.Group("demo", commands=[stage.run], help="A rehearsal on this machine.")
house = click.Group(commands=[keyring, demo])

if __name__ == "__main__":
    house(prog_name="python -m tipline.commands")
