# TorchScript, serialized form: PyTorch compiles this text when the archive is loaded. The methods
# in ctc_common.py, where the arguments are described, belong to the same class.
#
# Gives losses and gradients that were computed elsewhere to back-propagation.
# gradient  of every sample's loss with respect to its logits, in the shape of the logits
# reals     ends with the losses (N) before infinite ones were dropped
class Program(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Program,
      logits: Tensor, gradient: Tensor, integers: Tensor, reals: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    _0, time_major, drop_infinite = (self).settings(integers)
    input_lengths, target_lengths = (self).lengths(integers)
    raw = torch.slice(reals, 0, torch.add(2, torch.size(input_lengths, 0)))
    values = raw
    if drop_infinite:
      values = torch.masked_fill(raw, torch.eq(raw, inf), 0)
    losses = (self).attach(logits, gradient, values, time_major)
    if (self).is_regularized(reals):
      log_probs = (self).log_probs(logits, input_lengths, time_major)
      losses = (self).regularize(losses, raw, log_probs, integers, reals)
    return (self).results(losses, raw, reals)
