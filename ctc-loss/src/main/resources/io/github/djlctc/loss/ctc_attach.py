# TorchScript, serialized form: PyTorch compiles this text when the archive is loaded. The methods
# in ctc_common.py, where the arguments are described, belong to the same class.
#
# Gives losses and gradients that were computed elsewhere to back-propagation.
# gradient  of every sample's loss with respect to its logits, in the shape of the logits
# numbers   end with the losses (N) before infinite ones were dropped, as the bits of float64
class Program(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Program,
      logits: Tensor, gradient: Tensor, numbers: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    settings = (self).settings(numbers)
    time_major = (self).is_time_major(settings)
    samples = torch.size(logits, 0)
    if time_major:
      samples = torch.size(logits, 1)
    raw = torch.view_copy(torch.flatten((self).own(numbers, samples)), dtype=7)
    values = (self).dropped(raw, (self).drops_infinite(settings))
    weights = (self).weights(numbers, samples, 7)
    if torch.__not__((self).is_separate(settings)):
      shares = (self).each_frame(weights, time_major)
      gradient = torch.mul(gradient, torch.to(shares, gradient))
    return (self).results(logits, gradient, values, raw, weights, numbers, numbers)
