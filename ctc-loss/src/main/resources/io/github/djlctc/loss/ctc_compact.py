# TorchScript, serialized form: PyTorch compiles this text when the archive is loaded. The methods
# in ctc_common.py, where the arguments are described, belong to the same class.
#
# Runs ctc_loss in float64 on the columns of the blank and of the classes in each target alone.
# numbers  end with rows (N, 2 U - 1): for every sample the classes of its U columns, the blank first,
#          filled up with the blank; then its target as positions in those columns, filled up with 0
class Program(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Program,
      logits: Tensor, numbers: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    blank, time_major, drop_infinite, per_sample, recording = (self).settings(numbers)
    # What follows becomes the posteriors, and then the gradient.
    gradient = torch.log_softmax(torch.detach((self).wide(logits)), 2)
    there = torch.to(numbers, ops.prim.device(logits))
    frame_dimension = 1
    if time_major:
      frame_dimension = 0
    frames = torch.size(gradient, frame_dimension)
    samples = torch.size(gradient, torch.sub(1, frame_dimension))
    input_lengths, target_lengths = (self).lengths(numbers, samples)
    ids = torch.to((self).own(there, samples), 4)
    width = torch.floordiv(torch.add(torch.size(ids, 1), 1), 2)
    index = (self).each_frame(torch.slice(ids, 1, 0, width), time_major)
    if time_major:
      index = torch.expand(index, [frames, -1, -1])
    else:
      index = torch.expand(index, [-1, frames, -1])
    targets = torch.slice(ids, 1, width)

    picked = torch.to(torch.gather(gradient, 2, index), 7)
    log_probs = picked
    if torch.__not__(time_major):
      log_probs = torch.transpose(picked, 0, 1)
    raw, alpha = torch._ctc_loss(log_probs, targets, input_lengths, target_lengths, 0, False)
    infinite = torch.eq(raw, inf)
    if recording:
      shares = (self).weights(there, samples)
      if (self).is_separate(numbers, samples):
        shares = torch.ones_like(shares)
      factors = (self).factors(shares, raw, infinite, drop_infinite)
      slopes = ops.aten._ctc_loss_backward(factors, log_probs, targets, input_lengths, target_lengths, raw, alpha, 0, False)
      if torch.__not__(time_major):
        slopes = torch.transpose(slopes, 0, 1)
      weights = (self).each_frame(factors, time_major)
      # PyTorch assumes a log_softmax before it: its gradient is the weighted posterior less the
      # weighted occupancy.
      occupancy = torch.addcmul(slopes, torch.exp(picked), weights, value=-1)
      # NaN where a class of probability 0 is in the target, and in losses that are not finite, whose
      # weights say already what becomes of them.
      _0 = torch.nan_to_num_(occupancy, 0., 0., 0.)
      _1 = torch.mul_(torch.exp_(gradient), torch.to(weights, gradient))
      _2 = torch.scatter_add_(gradient, 2, index, torch.to(occupancy, gradient))
      if (self).is_padded(input_lengths, frames):
        padding = (self).padding(there, samples, frames, time_major)
        _3 = torch.masked_fill_(gradient, padding, 0)
    values = (self).dropped(raw, infinite, drop_infinite)
    return (self).results(logits, gradient, values, raw, infinite, numbers, there)
