"""Recipes: the numbers that decide the weights, beside the corpora."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Recipe:
    """What decides the weights, beside the corpora; all of it goes into the model card."""

    epochs: int = 5
    batch: int = 16
    rate: float = 1e-4
    head_rate: float = 5e-4
    warmup: float = 0.1
    seed: int = 20
    drop_header: float = 0.15  # share of sentences read without title and headings
    drop_context: float = 0.1  # ... without the sentences around
    mask: float = 0.1  # share of tokens that are hidden
    pack: float = 0.7  # share of sentences read in a window with others, as in a document
    trigger_weight: float = 0.15
    status_weight: float = 1.0
    actor_weight: float = 0.7
    attention_weight: float = 0.15
    average: float = 0.998  # decay of the averaged weights
    kept: tuple[int, ...] = (3,)  # passes whose averaged weights count, with the last; 0: before


def continued_recipe(recipe: Recipe) -> Recipe:
    """From a trained model: its own weights and those after every pass count alike (on the
    development set a loss a sentence of 0.785 against 0.834 after the last pass alone)."""
    return replace(recipe, kept=tuple(range(recipe.epochs)))


def weak_recipe(recipe: Recipe) -> Recipe:
    """One pass that teaches the encoder and the categories, and nothing else."""
    return replace(
        recipe, epochs=1, kept=(), rate=7e-5, average=0.99, drop_header=0.0, drop_context=0.0,
        pack=0.0, trigger_weight=0.0, status_weight=0.0, actor_weight=0.0, attention_weight=0.0,
    )  # fmt: skip


def teacher_recipe(recipe: Recipe) -> Recipe:
    """One pass: a larger encoder learns faster, and is slower to read."""
    return replace(
        recipe, epochs=1, kept=(), rate=6e-5, head_rate=7e-4, average=0.99, warmup=0.08,
        drop_context=0.35,
    )  # fmt: skip


def last_recipe(recipe: Recipe) -> Recipe:
    """A short stage at lower rates, on the sentences most like what will be read."""
    return replace(
        recipe, epochs=3, kept=(), rate=4e-5, head_rate=2e-4, average=0.99, warmup=0.05
    )  # fmt: skip
