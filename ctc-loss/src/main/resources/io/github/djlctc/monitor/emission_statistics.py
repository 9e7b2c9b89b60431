# TorchScript, serialized form: PyTorch compiles this text when the archive is loaded.
#
# logits         (N, T, C), or (T, N, C) if settings[1] is 1; float16, float32 or float64
# input_lengths  (N) int64 on the CPU
# settings       int64 on the CPU: blank, time major
#
# Returns float32 (2 + N): the number of frames whose best class is the blank; the sum over frames
# of the entropy of the posteriors in nats; and for every sample the labels of its greedy decoding.
# Frames beyond the input lengths are left out.
class Program(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Program,
      logits: Tensor, input_lengths: Tensor, settings: Tensor) -> Tensor:
    blank = int(torch.item(torch.select(settings, 0, 0)))
    time_major = bool(torch.item(torch.select(settings, 0, 1)))
    emissions = logits
    if time_major:
      emissions = torch.transpose(logits, 0, 1)
    samples = torch.size(emissions, 0)
    frames = torch.size(emissions, 1)
    device = ops.prim.device(emissions)
    # Copied without waiting for the device.
    lengths = torch.to(input_lengths, device, None, True)
    frame = torch.unsqueeze(torch.arange(frames, dtype=4, layout=None, device=device, pin_memory=False), 0)
    valid = torch.lt(frame, torch.unsqueeze(lengths, 1))

    # Computed in float32. The limit turns 0 * -inf into 0.
    log_probs = torch.clamp(torch.log_softmax(emissions, 2, 6), -100)
    entropy = torch.neg(torch.sum(torch.mul(torch.exp(log_probs), log_probs), [2]))
    total_entropy = torch.sum(torch.masked_fill(entropy, torch.logical_not(valid), 0))

    best = torch.argmax(emissions, 2)
    is_blank = torch.eq(best, blank)
    blanks = torch.sum(torch.logical_and(is_blank, valid))
    first = torch.new_full(best, [samples, 1], blank)
    previous = torch.cat([first, torch.slice(best, 1, 0, -1)], 1)
    starts = torch.logical_and(torch.ne(best, previous), torch.logical_not(is_blank))
    labels = torch.sum(torch.logical_and(starts, valid), [1])
    totals = torch.stack([torch.to(blanks, 6), total_entropy])
    return torch.cat([totals, torch.to(labels, 6)])
