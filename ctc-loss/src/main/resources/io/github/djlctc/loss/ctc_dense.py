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
    blank, time_major, drop_infinite, per_sample, recording = (self).settings(numbers)
    log_probs = torch.log_softmax(torch.detach((self).wide(logits)), 2)
    there = torch.to(numbers, ops.prim.device(logits))
    emissions = log_probs
    if torch.__not__(time_major):
      emissions = torch.transpose(log_probs, 0, 1)
    samples = torch.size(emissions, 1)
    input_lengths, target_lengths = (self).lengths(numbers, samples)
    ids = torch.to((self).own(there, samples), 4)
    targets = torch.slice(ids, 1, 1)

    # _ctc_loss rather than ctc_loss: never cuDNN, and it keeps the infinite losses visible. Lengths
    # as lists: as tensors they would have to be on the device, and be read back from there.
    narrow, alpha = torch._ctc_loss(emissions, targets, input_lengths, target_lengths, blank, False)
    raw = torch.to(narrow, 7)
    infinite = torch.eq(raw, inf)
    gradient = log_probs
    if recording:
      shares = (self).weights(there, samples)
      if (self).is_separate(numbers, samples):
        shares = torch.ones_like(shares)
      factors = torch.to((self).factors(shares, raw, infinite, drop_infinite), narrow)
      slopes = ops.aten._ctc_loss_backward(factors, emissions, targets, input_lengths, target_lengths, narrow, alpha, blank, False)
      nothing = (self).each_frame(torch.masked_fill(factors, torch.lt(factors, inf), 0), True)
      if (self).is_padded(input_lengths, torch.size(emissions, 0)):
        nothing = torch.masked_fill(nothing, (self).padding(there, samples, torch.size(emissions, 0), True), 0)
      gradient = (self).without_impossible(slopes, emissions, ids, (self).each_frame(infinite, True), nothing)
      if torch.__not__(time_major):
        gradient = torch.transpose(gradient, 0, 1)
    values = (self).dropped(raw, infinite, drop_infinite)
    return (self).results(logits, gradient, values, raw, infinite, numbers, there)

  # A class of probability 0, and all classes of an infinite loss, get nothing: 0, or NaN in a loss
  # that is not finite. _ctc_loss_backward gives them NaN. Arrays (T, N, C).
  def without_impossible(self: __torch__.Program,
      slopes: Tensor, log_probs: Tensor, ids: Tensor, infinite: Tensor, nothing: Tensor) -> Tensor:
    device = ops.prim.device(slopes)
    # On CUDA, large arrays get NaN in the columns of the target and the blank only: PyTorch sums up
    # the other classes by themselves where 2 T + 2.4 N + 0.2 C exceeds 450, as it does here.
    if torch.__and__(torch.gt(torch.numel(slopes), 4000000), torch.eq(ops.prim.type(device), "cuda")):
      columns = torch.expand((self).each_frame(ids, True), [torch.size(slopes, 0), -1, -1])
      seen = torch.gather(log_probs, 2, columns)
      impossible = torch.bitwise_or(torch.eq(seen, -inf), infinite)
      mended = torch.where(impossible, nothing, torch.gather(slopes, 2, columns))
      result = torch.scatter_(slopes, 2, columns, mended)
    else:
      impossible = torch.bitwise_or(torch.eq(log_probs, -inf), infinite)
      result = torch.where(impossible, nothing, slopes)
    return result
