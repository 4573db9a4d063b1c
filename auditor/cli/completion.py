"""``auditor completion``: what a shell needs to complete commands, options and files."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from auditor.cli.output import write_stdout

SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, /, shell: str) -> int:
    """Print the completion script of a SHELL.

    \b
    bash: eval "$(auditor completion bash)" in ~/.bashrc
    zsh:  eval "$(auditor completion zsh)" in ~/.zshrc
    fish: auditor completion fish > ~/.config/fish/completions/auditor.fish
    """
    kind = get_completion_class(shell)
    assert kind is not None
    script = kind(ctx.find_root().command, {}, "auditor", "_AUDITOR_COMPLETE").source()
    write_stdout(script.encode())
    return 0
