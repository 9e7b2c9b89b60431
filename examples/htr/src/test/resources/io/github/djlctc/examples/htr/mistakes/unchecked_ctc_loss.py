# TorchScript, serialized form: PyTorch's ctc_loss as it is, without any check of the targets.
#
# logits          (N, T, C)
# targets         (N, S) int64
# input_lengths   (N) int64 on the CPU
# target_lengths  (N) int64 on the CPU
class Program(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Program,
      logits: Tensor, targets: Tensor, input_lengths: Tensor, target_lengths: Tensor) -> Tensor:
    log_probs = torch.log_softmax(logits, 2, None)
    time_major = torch.transpose(log_probs, 0, 1)
    return torch.ctc_loss(time_major, torch.clone(targets), torch.clone(input_lengths), torch.clone(target_lengths), 0, 1, True)
