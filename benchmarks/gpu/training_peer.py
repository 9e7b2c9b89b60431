#!/usr/bin/env python3
"""Times a training step of the speech example's model in PyTorch, with random features already on the GPU.

What is compared with "speech train": forward, loss, back-propagation, clipping and AdamW; packed and padded LSTM.
"""

import argparse
import time

import torch
from torch import nn
from torch.nn import functional
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

FRAMES, LABELS, CLASSES = 250, 25, 28
CHANNELS, STATE_SIZE, LAYERS, DROPOUT = 96, 128, 2, 0.15
WARM_UP, STEPS = 20, 60


class Recogniser(nn.Module):
    def __init__(self, features, packed):
        super().__init__()
        self.packed = packed
        self.first = nn.Conv1d(features, CHANNELS, 5, stride=2, padding=2)
        self.second = nn.Conv1d(CHANNELS, CHANNELS, 5, padding=2)
        self.norms = nn.ModuleList([nn.LayerNorm(CHANNELS), nn.LayerNorm(CHANNELS)])
        self.lstm = nn.LSTM(CHANNELS, STATE_SIZE, LAYERS, batch_first=True, bidirectional=True, dropout=DROPOUT)
        self.output = nn.Linear(2 * STATE_SIZE, CLASSES)

    def forward(self, features, mask, lengths):
        hidden = features
        for convolution, norm in zip([self.first, self.second], self.norms):
            hidden = functional.relu(norm(convolution(hidden.transpose(1, 2)).transpose(1, 2))) * mask
        hidden = functional.dropout(hidden, DROPOUT)
        if self.packed:
            states = self.lstm(pack_padded_sequence(hidden, lengths, batch_first=True, enforce_sorted=False))[0]
            states = pad_packed_sequence(states, batch_first=True, total_length=hidden.shape[1])[0]
        else:
            states = self.lstm(hidden)[0]
        return self.output(functional.dropout(states, DROPOUT))


def rate(device, features, batch, packed):
    torch.manual_seed(1)
    model = Recogniser(features, packed).to(device)
    optimizer = torch.optim.AdamW(model.parameters(), 1e-3)
    data = torch.randn(batch, FRAMES, features, device=device)
    lengths = torch.linspace(FRAMES // 2, 0.6 * FRAMES // 2, batch).round().long()
    mask = (torch.arange(FRAMES // 2).view(1, -1, 1) < lengths.view(-1, 1, 1)).float().to(device)
    targets = torch.randint(1, CLASSES, (batch, LABELS), device=device)
    target_lengths = torch.full((batch,), LABELS)

    def step():
        optimizer.zero_grad()
        log_probs = functional.log_softmax(model(data, mask, lengths).transpose(0, 1), 2)
        functional.ctc_loss(log_probs, targets, lengths, target_lengths).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 3.0)
        optimizer.step()

    for _ in range(WARM_UP):
        step()
    torch.cuda.synchronize()
    start = time.perf_counter()
    for _ in range(STEPS):
        step()
    torch.cuda.synchronize()
    return batch * STEPS / (time.perf_counter() - start)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--features", type=int, default=40)
    options = parser.parse_args()
    device = torch.device("cuda")
    print("%s, PyTorch %s" % (torch.cuda.get_device_name(device), torch.__version__))
    for batch in [16, 64]:
        for packed in [True, False]:
            name = "packed" if packed else "padded"
            print("batch %d, %s LSTM: %.0f utterances a second" % (batch, name, rate(device, options.features, batch, packed)))


if __name__ == "__main__":
    main()
