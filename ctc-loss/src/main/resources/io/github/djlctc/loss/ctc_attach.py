# TorchScript, serialized form: PyTorch compiles this text when the archive is loaded. The methods
# in ctc_common.py, where the arguments are described, belong to the same class.
#
# Gives losses and gradients that were computed elsewhere to back-propagation.
# gradient  of every sample's loss with respect to its logits, in the shape of the logits
# numbers   end with the losses (N) before infinite ones were dropped
class Program(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Program,
      logits: Tensor, gradient: Tensor, numbers: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    blank, time_major, drop_infinite, per_sample, recording = (self).settings(numbers)
    samples = torch.floordiv(torch.sub(torch.numel(numbers), 7), 4)
    raw = torch.flatten((self).own(numbers, samples))
    infinite = torch.eq(raw, inf)
    values = (self).dropped(raw, infinite, drop_infinite)
    if torch.__not__((self).is_separate(numbers, samples)):
      shares = (self).each_frame((self).weights(numbers, samples), time_major)
      gradient = torch.mul(gradient, torch.to(shares, gradient))
    return (self).results(logits, gradient, values, raw, infinite, numbers, numbers)
