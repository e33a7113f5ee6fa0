"""The command that all others belong to."""

from __future__ import annotations

import click

from tracktwo import __version__


def _version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if not wanted or context.resilient_parsing:
        return
    from tracktwo.opinion import passes

    how = "compiled" if passes.compiled else "NumPy reference; no C compiler was found when tracktwo was installed"
    click.echo(f"tracktwo {__version__}\npasses over votes: {how}")
    context.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Say which version."
)
def main() -> None:
    """Software for confidential talks: from the first concern to a tested AI system."""
