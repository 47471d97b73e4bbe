from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from transformers import MPNetConfig, MPNetModel

from catnlp.errors import UsageError
from catnlp.tag.windows import Passage, collate, load_tokenizer, windows
from catnlp.taxonomy import taxonomy
from catnlp.train.corpus import Annotated, Label
from catnlp.train.examples import examples
from catnlp.train.fit import build
from catnlp.train.learner import Learner
from catnlp.train.recipe import Recipe
from catnlp.train.teacher import FROZEN, teacher

WORDS = ["police", "beat", "him"]
OURS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS]
THEIRS = ["<s>", "<pad>", "</s>", "<unk>", "<mask>", "[UNK]", *reversed(WORDS)]


def tokenizer(words: list[str], file: Path) -> Tokenizer:
    file.parent.mkdir(exist_ok=True)
    made = Tokenizer(WordPiece({w: n for n, w in enumerate(words)}, unk_token="[UNK]"))
    made.save(str(file))
    return load_tokenizer(file)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tokenizer(THEIRS, tmp_path / "large" / "tokenizer.json")
    config = MPNetConfig(
        vocab_size=len(THEIRS), hidden_size=16, num_hidden_layers=FROZEN + 1, num_attention_heads=4,
        intermediate_size=16, max_position_embeddings=80,
    )  # fmt: skip
    MPNetModel(config, add_pooling_layer=False).save_pretrained(tmp_path / "large")
    return tmp_path / "large"


def test_the_teacher_reads_the_words_of_the_student(folder: Path, tmp_path: Path) -> None:
    ours = tokenizer(OURS, tmp_path / "ours" / "tokenizer.json")
    network = teacher(folder, ours, taxonomy(), seed=1)
    numbers = network.encoder.numbers.tolist()
    assert [THEIRS[numbers[OURS.index(w)]] for w in WORDS] == WORDS
    assert [THEIRS[numbers[n]] for n in (0, 2, 3, 4)] == ["<pad>", "<s>", "</s>", "<mask>"]
    batch = collate(list(windows(Passage("police", (), ("him",)), ours)))
    with torch.inference_mode():
        assert network(batch).presence.shape == (1, len(taxonomy().category_ids))


def test_only_the_upper_layers_and_the_heads_learn(folder: Path, tmp_path: Path) -> None:
    ours = tokenizer(OURS, tmp_path / "ours" / "tokenizer.json")
    network = teacher(folder, ours, taxonomy(), seed=1)
    before = {name: weight.clone() for name, weight in network.named_parameters()}
    label = Label("torture-ill-treatment", "beat", 7, 11, "affirmed", "state")
    sentence = Annotated("1", "cr", "d", "", (), "", "police beat him", "", (label,))
    batch = list(examples([[sentence]], ours, taxonomy(), bare=False, alone=False))
    learner = Learner(network, Recipe(warmup=0.0), steps=10)
    learner.step(batch)
    learner.keep()
    learned = learner.result().named_parameters()
    changed = {name for name, weight in learned if not torch.equal(weight, before[name])}
    assert not [name for name in changed if "embeddings" in name or f"layer.{FROZEN - 1}." in name]
    assert any(f"layer.{FROZEN}." in name for name in changed)
    assert "query" in changed


def test_other_word_pieces_are_refused(folder: Path, tmp_path: Path) -> None:
    ours = tokenizer([*OURS, "soldier"], tmp_path / "ours" / "tokenizer.json")
    with pytest.raises(UsageError, match="soldier"):
        teacher(folder, ours, taxonomy(), seed=1)


def test_weights_that_can_run_code_are_not_loaded(folder: Path, tmp_path: Path) -> None:
    ours = tokenizer(OURS, tmp_path / "ours" / "tokenizer.json")
    weights = load_file(folder / "model.safetensors")
    torch.save(weights, folder / "pytorch_model.bin")
    teacher(folder, ours, taxonomy(), seed=1)
    (folder / "model.safetensors").unlink()
    with pytest.raises(UsageError, match=r"no weights as safetensors"):
        teacher(folder, ours, taxonomy(), seed=1)
    with pytest.raises(UsageError, match=r"no weights as safetensors"):
        build(folder, taxonomy(), Recipe())
