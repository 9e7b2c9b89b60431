# TorchScript, serialized form: PyTorch compiles this text when the archive is loaded. The methods
# in ctc_common.py, where the arguments are described, belong to the same class.
#
# Runs ctc_loss in float64 on the columns of the blank and of the classes in each target alone.
# columns  (N, 2 U - 1) int64: for every sample the classes of its U columns, the blank first, filled
#          up with the blank; then its target as positions in those columns, filled up with 0
class Program(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Program,
      logits: Tensor, columns: Tensor, integers: Tensor, reals: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    _0, time_major, drop_infinite = (self).settings(integers)
    input_lengths, target_lengths = (self).lengths(integers)
    # What follows becomes the posteriors, and then the gradient.
    gradient = torch.log_softmax(torch.detach((self).wide(logits)), 2)
    frame_dimension = 1
    if time_major:
      frame_dimension = 0
    frames = torch.size(gradient, frame_dimension)
    width = torch.floordiv(torch.add(torch.size(columns, 1), 1), 2)
    index = torch.unsqueeze(torch.slice(columns, 1, 0, width), frame_dimension)
    if time_major:
      index = torch.expand(index, [frames, -1, -1])
    else:
      index = torch.expand(index, [-1, frames, -1])
    targets = torch.slice(columns, 1, width)

    log_probs = torch.to(torch.gather(gradient, 2, index), 7)
    if torch.__not__(time_major):
      log_probs = torch.transpose(log_probs, 0, 1)
    raw, alpha = torch._ctc_loss(log_probs, targets, input_lengths, target_lengths, 0, True)
    slopes = ops.aten._ctc_loss_backward(torch.ones_like(raw), log_probs, targets, input_lengths, target_lengths, raw, alpha, 0, True)
    # PyTorch assumes a log_softmax before it: its gradient is the posterior less the occupancy.
    occupancy = torch.sub(torch.exp(log_probs), slopes)
    padding = (self).padding(input_lengths, frames, logits)
    nothing = torch.__or__(torch.eq(log_probs, -inf), torch.unsqueeze(padding, 2))
    occupancy = torch.masked_fill(occupancy, nothing, 0)
    if torch.__not__(time_major):
      occupancy = torch.transpose(occupancy, 0, 1)
      padding = torch.transpose(padding, 0, 1)
    _1 = torch.exp_(gradient)
    _2 = torch.scatter_add_(gradient, 2, index, torch.to(torch.neg(occupancy), gradient))

    values = raw
    # inf / inf is NaN, as are the gradients of losses that are not finite; a dropped loss has none.
    factors = torch.add(torch.mul(raw, 0), 1)
    if drop_infinite:
      infinite = torch.eq(raw, inf)
      values = torch.masked_fill(raw, infinite, 0)
      factors = torch.masked_fill(factors, infinite, 0)
    if torch.__not__(bool(torch.item(torch.all(torch.isfinite(raw))))):
      scale = torch.to(torch.unsqueeze(torch.unsqueeze(factors, 1), frame_dimension), gradient)
      _3 = torch.mul_(gradient, scale)
    if bool(torch.item(torch.lt(torch.min(input_lengths), frames))):
      _4 = torch.masked_fill_(gradient, torch.unsqueeze(padding, 2), 0)

    losses = (self).attach(logits, gradient, values, time_major)
    if (self).is_regularized(reals):
      every = (self).log_probs(logits, input_lengths, time_major)
      losses = (self).regularize(losses, raw, every, integers, reals)
    return (self).results(losses, raw, reals)
