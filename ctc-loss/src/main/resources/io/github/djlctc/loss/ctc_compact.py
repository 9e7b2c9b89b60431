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
    # First, since a copy to a device waits for it.
    there = torch.to(numbers, ops.prim.device(logits))
    settings = (self).settings(numbers)
    time_major = (self).is_time_major(settings)
    # What follows becomes the posteriors, and then the gradient.
    gradient = torch.log_softmax(torch.detach((self).wide(logits)), 2)
    frame_dimension = 1
    if time_major:
      frame_dimension = 0
    frames = torch.size(gradient, frame_dimension)
    samples = torch.size(gradient, torch.sub(1, frame_dimension))
    input_lengths, target_lengths = (self).lengths(numbers, samples)
    ids = (self).own(there, samples)
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
    drop_infinite = (self).drops_infinite(settings)
    values = (self).dropped(raw, drop_infinite)
    weights = (self).weights(there, samples, 7)
    if (self).is_recording(settings):
      shares = weights
      if (self).is_separate(settings):
        shares = torch.ones_like(weights)
      factors = (self).factors(shares, raw, values, drop_infinite)
      # The losses without infinite ones: with them, the gradients of their samples were NaN.
      occupancy = ops.aten._ctc_loss_backward(factors, log_probs, targets, input_lengths, target_lengths, values, alpha, 0, False)
      if torch.__not__(time_major):
        occupancy = torch.transpose(occupancy, 0, 1)
      each = (self).each_frame(factors, time_major)
      # PyTorch assumes a log_softmax before it: its gradient is the weighted posterior less the
      # weighted occupancy.
      _0 = torch.addcmul_(occupancy, torch.exp_(picked), each, value=-1)
      # NaN where a class of probability 0 is in the target, and in losses that are not finite, whose
      # weights say already what becomes of them.
      _1 = torch.nan_to_num_(occupancy, 0., 0., 0.)
      _2 = torch.mul_(torch.exp_(gradient), torch.to(each, gradient))
      _3 = torch.scatter_add_(gradient, 2, index, torch.to(occupancy, gradient))
      if (self).is_padded(input_lengths, frames):
        padding = (self).padding(there, samples, frames, time_major)
        _4 = torch.masked_fill_(gradient, padding, 0)
    return (self).results(logits, gradient, values, raw, weights, numbers, there)
