# TorchScript, serialized form: PyTorch compiles this text when the archive is loaded.
#
# logits          (N, T, C), or (T, N, C) if settings[1] is 1; float16, float32 or float64
# targets         (sum of target lengths) int64, the targets one after another
# input_lengths   (N) int64 on the CPU
# target_lengths  (N) int64 on the CPU
# settings        int64 on the CPU: blank, time major, drop infinite losses, divide as 'mean' does
# weights         float64 on the CPU: of label smoothing, of the blank's posterior
#
# Returns the reduced loss; the loss of every sample (N); and, detached, one array of the reduced
# loss followed by every sample's loss before infinite ones were dropped (1 + N).
class Program(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Program,
      logits: Tensor, targets: Tensor, input_lengths: Tensor, target_lengths: Tensor,
      settings: Tensor, weights: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    blank = int(torch.item(torch.select(settings, 0, 0)))
    time_major = bool(torch.item(torch.select(settings, 0, 1)))
    drop_infinite = bool(torch.item(torch.select(settings, 0, 2)))
    mean = bool(torch.item(torch.select(settings, 0, 3)))
    smoothing = float(torch.item(torch.select(weights, 0, 0)))
    blank_weight = float(torch.item(torch.select(weights, 0, 1)))

    emissions = logits
    if torch.eq(ops.prim.dtype(logits), 5):
      # float16: ctc_loss has no kernel for it
      emissions = torch.to(logits, 6)
    if torch.__not__(time_major):
      emissions = torch.transpose(emissions, 0, 1)

    # Padding frames have gradient 0, but log_softmax would turn a NaN or inf in them into NaN.
    frames = torch.size(emissions, 0)
    if bool(torch.item(torch.lt(torch.min(input_lengths), frames))):
      device = ops.prim.device(emissions)
      frame = torch.unsqueeze(torch.arange(frames, dtype=4, layout=None, device=device, pin_memory=False), 1)
      padding = torch.ge(frame, torch.to(input_lengths, device))
      emissions = torch.masked_fill(emissions, torch.unsqueeze(padding, 2), 0)
    log_probs = torch.log_softmax(emissions, 2)

    # A class of probability 0 gets gradient 0; ctc_loss alone would make the whole frame NaN.
    # Not by where, whose gradient the compiler may take for a product: NaN times 0 is NaN.
    impossible = torch.eq(log_probs, -inf)
    log_probs = torch.masked_fill(log_probs, impossible, -inf)

    # Back-propagation reads these again, when the Java buffers they share memory with may be freed.
    ids = torch.clone(targets)
    frame_counts = torch.clone(input_lengths)
    label_counts = torch.clone(target_lengths)

    # _ctc_loss rather than ctc_loss: never cuDNN, and it keeps the infinite losses visible.
    raw, _0 = torch._ctc_loss(log_probs, ids, frame_counts, label_counts, blank, drop_infinite)
    losses = raw
    if drop_infinite:
      losses = torch.masked_fill(raw, torch.eq(raw, inf), 0)

    if torch.__or__(torch.ne(smoothing, 0.), torch.ne(blank_weight, 0.)):
      on = ops.prim.device(log_probs)
      each = torch.unsqueeze(torch.arange(frames, dtype=4, layout=None, device=on, pin_memory=False), 1)
      valid = torch.to(torch.lt(each, torch.to(input_lengths, on)), log_probs)
      probs = torch.exp(log_probs)
      # 0 log 0 is 0.
      finite = torch.masked_fill(log_probs, impossible, 0)
      negentropy = torch.sum(torch.mul(probs, finite), [2], False, dtype=None)
      divergence = torch.add(negentropy, torch.log(torch.size(log_probs, 2)))
      smooth = torch.sum(torch.mul(valid, divergence), [0], False, dtype=None)
      blanks = torch.sum(torch.mul(valid, torch.select(probs, 2, blank)), [0], False, dtype=None)
      penalty = torch.add(torch.mul(smooth, smoothing), torch.mul(blanks, blank_weight))
      if drop_infinite:
        penalty = torch.masked_fill(penalty, torch.eq(raw, inf), 0)
      losses = torch.add(torch.mul(losses, torch.sub(1., smoothing)), penalty)

    reduced = torch.sum(losses)
    if mean:
      lengths = torch.to(torch.clamp(target_lengths, 1), losses)
      reduced = torch.mean(torch.div(losses, lengths))
    summary = torch.cat([torch.reshape(torch.detach(reduced), [1]), torch.detach(raw)])
    return (reduced, losses, summary)
