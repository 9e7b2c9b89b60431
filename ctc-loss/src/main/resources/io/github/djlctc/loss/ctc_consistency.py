# TorchScript, serialized form: PyTorch compiles this text when the archive is loaded. The methods
# in ctc_common.py, where the arguments are described, belong to the same class.
#
# The divergence between two views of each utterance: of N samples, n and N / 2 + n.
# raw      what the CTC loss computed, on the device of the logits: the reduced loss, then the losses
#          of the samples before infinite ones were dropped (1 + N)
# numbers  end with the weight of the consistency as the bits of float64
#
# Returns the weighted consistency (1, 1, 1); detached, the consistency without the weight, followed by
# the losses of the samples (1 + N); and the array to be closed.
class Program(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Program,
      logits: Tensor, raw: Tensor, numbers: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    # First, since a copy to a device waits for it.
    there = torch.to(numbers, ops.prim.device(logits))
    settings = (self).settings(numbers)
    time_major = (self).is_time_major(settings)
    dimension = 0
    if time_major:
      dimension = 1
    samples = torch.size(logits, dimension)
    half = torch.floordiv(samples, 2)
    weight = (annotate(List[float], torch.view_copy(torch.slice(numbers, 0, -1), dtype=7).tolist()))[0]
    left_out = (self).left_out(logits, raw, numbers, there)

    # From here on in place: in the end this array is the gradient, and one of half its size was made
    # besides.
    gradient = torch.log_softmax(torch.detach((self).wide(logits)), 2)
    first = torch.slice(gradient, dimension, 0, half)
    second = torch.slice(gradient, dimension, half)
    ratios = torch.sub(first, second)
    _0 = torch.exp_(gradient)
    _1 = torch.masked_fill_(torch.sub_(first, second), left_out, 0)
    # Nothing times the infinite logarithm of a ratio to 0 is 0.
    _2 = torch.masked_fill_(ratios, torch.eq(first, 0), 0)
    divergences = torch.sum(torch.mul_(ratios, first), [torch.sub(1, dimension), 2], False, dtype=None)
    weights = torch.slice((self).weights(there, samples, ops.prim.dtype(gradient)), 0, 0, half)
    consistency = torch.mv(torch.unsqueeze(divergences, 0), weights)
    result = torch.reshape(torch.mul(consistency, weight), [1, 1, 1])
    if (self).is_recording(settings):
      shares = (self).each_frame(torch.mul(weights, weight), time_major)
      _3 = torch.neg_(torch.copy_(second, torch.mul_(first, shares)))
      result, gradient = (self).attach(logits, gradient, result)
    losses = torch.slice(raw, 0, 1)
    return (result, torch.cat([consistency, torch.to(losses, consistency)]), gradient)

  # Whether a frame of an utterance has no part: it lies beyond the length, or the loss of a view is
  # dropped. Of size 1 in the dimension of classes.
  def left_out(self: __torch__.Program,
      logits: Tensor, raw: Tensor, numbers: Tensor, there: Tensor) -> Tensor:
    settings = (self).settings(numbers)
    time_major = (self).is_time_major(settings)
    samples = torch.size(logits, 0)
    frames = torch.size(logits, 1)
    if time_major:
      samples, frames = torch.size(logits, 1), torch.size(logits, 0)
    half = torch.floordiv(samples, 2)
    left_out = (self).padding(there, half, frames, time_major)
    if (self).drops_infinite(settings):
      infinite = torch.eq(torch.reshape(torch.slice(raw, 0, 1), [2, half]), inf)
      either = (self).each_frame(torch.any(infinite, 0), time_major)
      left_out = torch.logical_or(left_out, either)
    return left_out
