# TorchScript, serialized form: PyTorch compiles this text when the archive is loaded. The methods
# in ctc_common.py, where the arguments are described, belong to the same class.
#
# Runs ctc_loss on the log_softmax over all classes.
# targets  (sum of target lengths) int64, the targets one after another
class Program(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Program,
      logits: Tensor, targets: Tensor, integers: Tensor, reals: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    blank, time_major, drop_infinite = (self).settings(integers)
    input_lengths, target_lengths = (self).lengths(integers)
    log_probs = (self).log_probs(logits, input_lengths, time_major)

    # Back-propagation reads the targets again, when the Java buffer they share memory with may be
    # freed. _ctc_loss rather than ctc_loss: never cuDNN, and it keeps the infinite losses visible.
    raw, _0 = torch._ctc_loss(log_probs, torch.clone(targets), input_lengths, target_lengths, blank, drop_infinite)
    losses = raw
    if drop_infinite:
      losses = torch.masked_fill(raw, torch.eq(raw, inf), 0)
    if (self).is_regularized(reals):
      losses = (self).regularize(losses, raw, log_probs, integers, reals)
    return (self).results(losses, torch.detach(raw), reals)
