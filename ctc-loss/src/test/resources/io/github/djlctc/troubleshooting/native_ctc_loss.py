# TorchScript, serialized form: PyTorch compiles this text when the archive is loaded.
#
# PyTorch's operator as it is, with nothing checked.
#
# log_probs       (T, N, C)
# targets         (N, S) int64
# input_lengths   (N) int64 on the CPU
# target_lengths  (N) int64 on the CPU
# zero_infinity   scalar int64 on the CPU: 1 for yes
#
# Returns the loss of every sample (N). The blank is 0.
class Program(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Program,
      log_probs: Tensor, targets: Tensor, input_lengths: Tensor, target_lengths: Tensor,
      zero_infinity: Tensor) -> Tensor:
    zero = bool(torch.item(zero_infinity))
    ids = torch.clone(targets)
    frame_counts = torch.clone(input_lengths)
    label_counts = torch.clone(target_lengths)
    losses, _0 = torch._ctc_loss(log_probs, ids, frame_counts, label_counts, 0, zero)
    return losses
