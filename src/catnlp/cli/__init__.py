"""The command line: a table of commands in the order of the flow, loaded when called."""

import sys
from importlib import import_module

import click

COMMANDS = {
    "run": ("catnlp.cli.run:run", "The whole way: files to per-country evidence and flags."),
    "extract": ("catnlp.cli.extract:extract", "Show what is read in a file."),
    "annotate": ("catnlp.cli.annotate:annotate", "Tag sentences of a JSONL file."),
    "ingest": ("catnlp.cli.run:ingest", "Read files into a store, without writing pages."),
    "summarize": ("catnlp.cli.summarize:summarize", "Country pages from a store."),
    "sales": ("catnlp.cli.sales:sales", "Arms sales: import registers, list, links to mentions."),
    "timeline": ("catnlp.cli.timeline:timeline", "Sales and evidence of a country in time."),
    "export": ("catnlp.cli.export:export", "Flags from a store, for other tools."),
    "review": ("catnlp.cli.review:review", "Decisions of reviewers: import, make, use them."),
    "diff": ("catnlp.cli.diff:diff", "Flags that came, went or changed between runs, and why."),
    "search": ("catnlp.cli.search:search", "Find sentences in a store."),
    "store": ("catnlp.cli.store:store", "Count, move as Parquet, share on a server."),
    "verify": ("catnlp.cli.verify:verify", "Find every quote again in the original files."),
    "evaluate": ("catnlp.cli.evaluate:evaluate", "Score the tagger against gold sentences."),
    "train": ("catnlp.cli.train:train", "Train the model from corpora."),
    "taxonomy": ("catnlp.cli.taxonomy:taxonomy", "What is looked for, with definitions."),
    "schema": ("catnlp.cli.schema:schema", "JSON Schema of a record that catnlp writes."),
    "doctor": ("catnlp.cli.doctor:doctor", "Check the installation, and say what is missing."),
    "info": ("catnlp.cli.doctor:info", "Versions of code, model and taxonomy."),
}


class LazyGroup(click.Group):
    """Knows its commands by name; imports the module of the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands, in the order of the flow"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


def _completion(ctx: click.Context, param: click.Parameter, shell: str | None) -> None:
    if shell is None or ctx.resilient_parsing:
        return
    from click.shell_completion import get_completion_class

    completion = get_completion_class(shell)
    if completion is not None:
        click.echo(completion(cli, {}, "catnlp", "_CATNLP_COMPLETE").source())
    ctx.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="catnlp", prog_name="catnlp")
@click.option(
    "--completion",
    type=click.Choice(["bash", "zsh", "fish"]),
    callback=_completion,
    expose_value=False,
    is_eager=True,
    help='Print shell completion; load it with: eval "$(catnlp --completion bash)"',
)
@click.option("-q", "--quiet", count=True, help="Less talk: -q warnings, -qq errors only.")
@click.option("-v", "--verbose", count=True, help="More talk.")
def cli(quiet: int, verbose: int) -> None:
    """Evidence of abuses, corruption and governance problems, from documents.

    Reads reports, tags what was done, alleged, denied, forbidden or feared, says who is
    responsible and where, and writes per-country pages of verbatim quotes, and flags for
    other review tools. Everything stays on this machine.
    """
    import logging

    level = logging.INFO + 10 * (quiet - verbose)
    logging.basicConfig(level=level, format="%(message)s", stream=sys.stderr)
    for noisy in ("transformers", "pdfminer", "httpx", "urllib3"):
        logging.getLogger(noisy).setLevel(max(level, logging.ERROR))


def main() -> None:
    """The entry point: our own errors are one clear line and exit code 2, no traceback."""
    from catnlp.errors import CatnlpError

    try:
        cli(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("stopped; run the same command again to go on", err=True)
        sys.exit(130)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except CatnlpError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
