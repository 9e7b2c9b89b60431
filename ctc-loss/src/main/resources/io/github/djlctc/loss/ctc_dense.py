# TorchScript, serialized form: PyTorch compiles this text when the archive is loaded. The methods
# in ctc_common.py, where the arguments are described, belong to the same class.
#
# Runs ctc_loss on the log_softmax over all classes.
# numbers  end with rows (N, 1 + S): the blank, and the target filled up with the blank; S is 1 or more
class Program(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Program,
      logits: Tensor, numbers: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    # First, since a copy to a device waits for it.
    there = torch.to(numbers, ops.prim.device(logits))
    settings = (self).settings(numbers)
    blank = (self).blank(settings)
    time_major = (self).is_time_major(settings)
    log_probs = torch.log_softmax(torch.detach((self).wide(logits)), 2)
    emissions = log_probs
    if torch.__not__(time_major):
      emissions = torch.transpose(log_probs, 0, 1)
    samples = torch.size(emissions, 1)
    input_lengths, target_lengths = (self).lengths(numbers, samples)
    ids = (self).own(there, samples)
    targets = torch.slice(ids, 1, 1)

    # _ctc_loss rather than ctc_loss: never cuDNN, and it keeps the infinite losses visible. Lengths
    # as lists: as tensors they would have to be on the device, and be read back from there.
    raw, alpha = torch._ctc_loss(emissions, targets, input_lengths, target_lengths, blank, False)
    drop_infinite = (self).drops_infinite(settings)
    values = (self).dropped(raw, drop_infinite)
    gradient = log_probs
    weights = (self).weights(there, samples, ops.prim.dtype(raw))
    if (self).is_recording(settings):
      shares = weights
      if (self).is_separate(settings):
        shares = torch.ones_like(weights)
      factors = (self).factors(shares, raw, values, drop_infinite)
      # The losses without infinite ones: with them, the gradients of their samples were NaN.
      slopes = ops.aten._ctc_loss_backward(factors, emissions, targets, input_lengths, target_lengths, values, alpha, blank, False)
      _0 = (self).clear_impossible(slopes, emissions, ids)
      gradient = slopes
      if torch.__not__(time_major):
        gradient = torch.transpose(slopes, 0, 1)
    return (self).results(logits, gradient, values, raw, weights, numbers, there)

  # Sets the gradients of classes of probability 0 to 0: _ctc_loss_backward gives them NaN. Arrays
  # (T, N, C).
  def clear_impossible(self: __torch__.Program, slopes: Tensor, log_probs: Tensor, ids: Tensor) -> Tensor:
    device = ops.prim.device(slopes)
    # On CUDA, large arrays get NaN in the columns of the target and the blank only: PyTorch sums up
    # the other classes by themselves where 2 T + 2.4 N + 0.2 C exceeds 450, as it does here.
    if torch.__and__(torch.gt(torch.numel(slopes), 4000000), torch.eq(ops.prim.type(device), "cuda")):
      columns = torch.expand((self).each_frame(ids, True), [torch.size(slopes, 0), -1, -1])
      impossible = torch.eq(torch.gather(log_probs, 2, columns), -inf)
      mended = torch.masked_fill_(torch.gather(slopes, 2, columns), impossible, 0)
      result = torch.scatter_(slopes, 2, columns, mended)
    else:
      result = torch.masked_fill_(slopes, torch.eq(log_probs, -inf), 0)
    return result
