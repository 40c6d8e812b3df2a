"""Train the demo chat model from nothing: a Llama of 4 million parameters, on a CPU, in minutes."""

import argparse
import math
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from torch import Tensor
from torch.nn.functional import cross_entropy
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from local.demo.train import corpus
from local.demo.train.corpus import Document

VOCABULARY = 4096
LONGEST_CONTEXT = 2048
BEGIN, END, PADDING = "<|bos|>", "<|end|>", "<|pad|>"
SPECIAL = [BEGIN, END, PADDING, "<|system|>", "<|user|>", "<|assistant|>", "<|tool|>"]
NOT_GRADED = -1

BATCH_TOKENS = 2048
WINDOW = 256
LONG_WINDOW = 1024  # the last steps see longer conversations, so that a chat may have several turns
LONG_SHARE = 0.15
HIGHEST_RATE = 3e-3
WARM_UP_STEPS = 50

EXAMPLES = (
    "Hello, who are you?",
    "What does os.path.join do?",
    "How do I use re.compile?",
    "What is the json module?",
    "Explain collections.OrderedDict.",
    "What is the capital of Norway?",
    "Count to 10.",
)


@dataclass(frozen=True)
class Tape:
    """All documents behind one another as token ids, and the same with the questions ungraded."""

    tokens: Tensor
    labels: Tensor


def train_tokenizer(documents: list[Document]) -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=SPECIAL,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    texts = (document.prompt + document.answer for document in documents)
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def lay_out(documents: list[Document], tokenizer: Tokenizer) -> Tape:
    tokens: list[int] = []
    labels: list[int] = []
    prompts = tokenizer.encode_batch([document.prompt for document in documents])
    answers = tokenizer.encode_batch([document.answer for document in documents])
    for prompt, answer in zip(prompts, answers, strict=True):
        tokens += prompt.ids + answer.ids
        labels += [NOT_GRADED] * len(prompt.ids) + answer.ids
    return Tape(torch.tensor(tokens), torch.tensor(labels))


def untrained(tokenizer: PreTrainedTokenizerFast) -> LlamaForCausalLM:
    return LlamaForCausalLM(
        LlamaConfig(
            vocab_size=len(tokenizer),
            hidden_size=256,
            intermediate_size=704,
            num_hidden_layers=4,
            num_attention_heads=4,
            num_key_value_heads=2,
            head_dim=64,
            max_position_embeddings=LONGEST_CONTEXT,
            tie_word_embeddings=True,
            rms_norm_eps=1e-5,
            bos_token_id=tokenizer.bos_token_id,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
        )
    )


def batches(tape: Tape, steps: int) -> Iterator[tuple[Tensor, Tensor]]:
    for step in range(steps):
        width = LONG_WINDOW if step >= steps * (1 - LONG_SHARE) else WINDOW
        starts = random.choices(range(len(tape.tokens) - width), k=BATCH_TOKENS // width)
        yield (
            torch.stack([tape.tokens[start : start + width] for start in starts]),
            torch.stack([tape.labels[start + 1 : start + width + 1] for start in starts]),
        )


def learning_rate(step: int, steps: int) -> float:
    """A short rise, then half a cosine down to 3 % of the highest rate."""
    falling = 0.03 + 0.97 * 0.5 * (1 + math.cos(math.pi * step / steps))
    return HIGHEST_RATE * min(1, (step + 1) / WARM_UP_STEPS) * falling


def fit(model: LlamaForCausalLM, tape: Tape, steps: int) -> None:
    optimizer = torch.optim.AdamW(model.parameters(), betas=(0.9, 0.95), weight_decay=0.05)
    started, average = time.monotonic(), 0.0
    for step, (tokens, labels) in enumerate(batches(tape, steps)):
        optimizer.param_groups[0]["lr"] = learning_rate(step, steps)
        graded = labels != NOT_GRADED
        states = model.model(input_ids=tokens).last_hidden_state[graded]
        loss = cross_entropy(model.lm_head(states), labels[graded])
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        average = loss.item() if step == 0 else 0.98 * average + 0.02 * loss.item()
        if (step + 1) % 50 == 0:
            print(
                f"{step + 1}/{steps} loss {average:.3f}, {time.monotonic() - started:.0f} s",
                flush=True,
            )


def ask(model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast, question: str) -> str:
    prompt = tokenizer.apply_chat_template(
        [{"role": "user", "content": question}],
        add_generation_prompt=True,
        return_tensors="pt",
        return_dict=True,
    )
    answer = model.generate(**prompt, max_new_tokens=80, do_sample=False)
    length = prompt["input_ids"].shape[1]
    return str(tokenizer.decode(answer[0][length:], skip_special_tokens=True))


def save(model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast, folder: Path) -> None:
    """In float16, which halves the file and which numpy can read (it has no bfloat16)."""
    # What is known by heart is best said without much chance.
    model.generation_config.update(do_sample=True, temperature=0.2)
    model.to(torch.float16).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    model.float()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for the weights")
    parser.add_argument("--steps", type=int, default=1600, help="optimizer steps of 2048 tokens")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(0)
    random.seed(0)
    documents = corpus.build()
    raw = train_tokenizer(documents)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=raw,
        bos_token=BEGIN,
        eos_token=END,
        pad_token=PADDING,
        model_max_length=LONGEST_CONTEXT,
    )
    tokenizer.chat_template = Path(__file__).with_name("chat_template.jinja").read_text()
    model, tape = untrained(tokenizer), lay_out(documents, raw)
    print(f"{model.num_parameters() / 1e6:.1f} M parameters, {len(tape.tokens)} tokens", flush=True)
    fit(model, tape, arguments.steps)
    save(model.eval(), tokenizer, arguments.out)
    for question in EXAMPLES:
        print(f"{question}\n    {ask(model, tokenizer, question)}")


if __name__ == "__main__":
    main()
