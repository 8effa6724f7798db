"""Runs the bundle's network; the only user of onnxruntime and of the tokenizer."""

import os
from array import array
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from incidex.encoder.bundle import Bundle, open_bundle
from incidex.encoder.output import TOKEN_OUTPUTS, WindowOutput, window_output
from incidex.encoder.windows import Batch, Piece, collate, cost, pack
from incidex.errors import BundleError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

# Windows per run. More are slower, as all are padded to the longest and their arrays leave the cache; and they would
# change each other's scores, since eight-bit ranges are taken from all that is in a run. See docs/benchmarks.md.
AT_ONCE = 1
# x86 processors without VNNI cut off the sum of two large products of 8 bits, and say something else than others do,
# unless they are told to take the slower way.
SAME_EVERYWHERE = ("session.x64quantprecision", "1")
# Fusions of onnxruntime that make this network slower: the fused kernel for a sum and the normalisation behind it takes
# a fifth of all the time, the two by themselves a fraction of that.
OPTIMIZERS_OFF = ("SkipLayerNormFusion",)
# Sentences tokenised at once, as encodings take much memory.
_ENCODED_AT_ONCE = 1000
# The part of a sentence that is read: windows hold fewer tokens than this has characters (`windows.MAX_PIECES`).
_MOST_CHARACTERS = 20_000
_NOTHING = -20.0  # the logit of a sentence without tokens


class Encoder:
    """
    A loaded bundle, ready to score sentences. Thread-safe.

    Attributes:
        name: Name and version of the bundle.
        thresholds: For each event type the score from which on it counts as a label.
        decoding: How token probabilities become events.
    """

    def __init__(self, bundle: Bundle, *, threads: int = 0) -> None:
        """Load `bundle`, to run with `threads`; 0 means one for each core."""
        self.name = bundle.name
        self.thresholds = bundle.thresholds
        self.decoding = bundle.decoding
        self._bundle = bundle
        self._tokenizer = _tokenizer(bundle)
        self._cls, self._sep = (_special(self._tokenizer, token, bundle) for token in ("[CLS]", "[SEP]"))
        self._continues = continuing(self._tokenizer)
        self._session = _session(bundle, threads)

    @property
    def metadata(self) -> dict[str, Any]:
        """What the bundle says of itself: the content of bundle.json."""
        return self._bundle.metadata

    def scores(
        self, texts: Sequence[str], *, each: Callable[[WindowOutput], None] | None = None
    ) -> NDArray[np.float32]:
        """
        Return calibrated probabilities, float32 of shape (sentences, event types), each in 0..1.

        Args:
            texts: Consecutive sentences of one article; each is read in the context of the others.
            each: Called with the token outputs of each window, in order. Without it these are not computed.
        """
        scale, shift = np.asarray(self._bundle.scale, np.float32), np.asarray(self._bundle.shift, np.float32)
        return np.asarray(1 / (1 + np.exp(-(self.logits(texts, each=each) * scale + shift))), np.float32)

    def logits(
        self, texts: Sequence[str], *, each: Callable[[WindowOutput], None] | None = None
    ) -> NDArray[np.float32]:
        """Return the logits before calibration, in the same shape."""
        tokens, places = self._encoded(texts, with_places=each is not None)
        windows = pack([len(sentence) for sentence in tokens], limit=self._bundle.window)
        logits = np.full((len(texts), len(self.thresholds)), _NOTHING, np.float32)
        for first in range(0, len(windows), AT_ONCE):
            batch = collate(windows[first : first + AT_ONCE], tokens, cls=self._cls, sep=self._sep)
            labels, *outputs = self._run(batch, ("labels", *TOKEN_OUTPUTS) if each else ("labels",))
            for row, pieces in enumerate(batch.windows):
                _keep_best(logits, pieces, labels[row])
                if each:
                    offsets = {piece.sentence: places[piece.sentence] for piece in pieces}
                    continues = self._continues[batch.input_ids[row]]
                    each(window_output(pieces, offsets, continues, [output[row] for output in outputs]))
        return logits

    def count_within(self, texts: Sequence[str], most: int) -> int:
        """Return how many of `texts`, from the first one on, have at most so many tokens together, as they are read."""
        total = 0
        for first in range(0, len(texts), _ENCODED_AT_ONCE):
            tokens, _ = self._encoded(texts[first : first + _ENCODED_AT_ONCE], with_places=False)
            for number, sentence in enumerate(tokens, first):
                total += cost(len(sentence), limit=self._bundle.window)
                if total > most:
                    return number
        return len(texts)

    def _encoded(
        self, texts: Sequence[str], *, with_places: bool
    ) -> tuple[list[Sequence[int]], list[NDArray[np.int64]]]:
        """Return the token ids of each text, and if wanted the offsets of its tokens, shape (tokens, 2)."""
        tokens: list[Sequence[int]] = []
        places: list[NDArray[np.int64]] = []
        # The fast variant does not compute offsets.
        encode = self._tokenizer.encode_batch if with_places else self._tokenizer.encode_batch_fast
        for first in range(0, len(texts), _ENCODED_AT_ONCE):
            some = [text[:_MOST_CHARACTERS] for text in texts[first : first + _ENCODED_AT_ONCE]]
            for encoding in encode(some, add_special_tokens=False):
                tokens.append(array("i", encoding.ids))
                if with_places:
                    places.append(np.array(encoding.offsets, np.int64).reshape(-1, 2))
        return tokens, places

    def _run(self, batch: Batch, wanted: Sequence[str]) -> list[NDArray[np.float32]]:
        feed = {"input_ids": batch.input_ids, "attention_mask": batch.attention_mask, "membership": batch.membership}
        path = self._bundle.folder / "model.onnx"
        try:
            outputs: list[NDArray[np.float32]] = self._session.run(list(wanted), feed)
        except Exception as error:  # noqa: BLE001 - the library's exceptions are in a private module
            raise BundleError(f"{path} cannot be run: {error}.") from error
        windows, pieces, tokens = batch.membership.shape
        for name, output in zip(wanted, outputs, strict=True):
            least = (windows, pieces, len(self.thresholds)) if name == "labels" else (windows, tokens)
            if output.ndim != 3 or output.shape[: len(least)] != least:
                raise BundleError(f"{path} gives {name} the shape {output.shape}: it is no network of Incidex.")
            if not np.isfinite(output).all():
                raise BundleError(f"{path} gives {name} values that are not finite numbers.")
        return outputs


def load_onnxruntime() -> ModuleType:
    """
    Import onnxruntime with its telemetry switched off.

    Otherwise it writes an identifier to `~/.cache/Microsoft` and looks up hosts of its maker. It reads the variable
    only while it is being loaded: `disable_telemetry_events()` comes too late.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    module: ModuleType = onnxruntime
    return module


def continuing(tokenizer: "Tokenizer") -> NDArray[np.bool_]:
    """Return for each token id whether it continues the word of the token before, bool of shape (vocabulary,)."""
    table = np.zeros(tokenizer.get_vocab_size(), np.bool_)
    table[[number for token, number in tokenizer.get_vocab().items() if token.startswith("##")]] = True
    return table


@cache
def open_encoder(folder: Path | None = None) -> Encoder:
    """
    Return the encoder of the bundle in `folder` (default: the shipped one), loaded once per process.

    Raises:
        BundleError: See `open_bundle`; also if the network cannot be loaded.
    """
    return Encoder(open_bundle(folder))


def _keep_best(logits: NDArray[np.float32], pieces: Sequence[Piece], row: NDArray[np.float32]) -> None:
    """Put the scores of a window's pieces in place; of a sentence in several pieces, the highest of each label."""
    np.maximum.at(logits, [piece.sentence for piece in pieces], row[: len(pieces)])


def _tokenizer(bundle: Bundle) -> "Tokenizer":
    # Only functions that are not used here connect to a model hub. This makes sure that they cannot.
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    from tokenizers import Tokenizer

    path = bundle.folder / "tokenizer.json"
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # noqa: BLE001 - the library raises bare Exception
        raise BundleError(f"{path} cannot be loaded: {error}.") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _special(tokenizer: "Tokenizer", token: str, bundle: Bundle) -> int:
    number = tokenizer.token_to_id(token)
    if number is None:
        raise BundleError(f"{bundle.folder / 'tokenizer.json'} lacks {token}, which every window needs.")
    return number


def _session(bundle: Bundle, threads: int) -> "InferenceSession":
    onnxruntime = load_onnxruntime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry(*SAME_EVERYWHERE)
    path = bundle.folder / "model.onnx"
    try:
        session = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=list(OPTIMIZERS_OFF)
        )
    except Exception as error:  # noqa: BLE001 - the library's exceptions are in a private module
        raise BundleError(f"{path} cannot be loaded: {error}.") from error
    missing = {"labels", *TOKEN_OUTPUTS} - {output.name for output in session.get_outputs()}
    if missing:
        raise BundleError(
            f"{path} has no output {', '.join(sorted(missing))}: it was made for another version of Incidex."
        )
    return session
