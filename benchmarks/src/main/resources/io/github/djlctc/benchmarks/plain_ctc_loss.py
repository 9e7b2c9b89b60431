# TorchScript, serialized form: PyTorch compiles this text when the archive is loaded.
#
# What users of PyTorch write: log_softmax and ctc_loss, blank 0, mean, no checks.
# logits (T, N, C); targets (N, S), input_lengths (N) and target_lengths (N) int64 on the CPU
class Program(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Program,
      logits: Tensor, targets: Tensor, input_lengths: Tensor, target_lengths: Tensor) -> Tensor:
    log_probs = torch.log_softmax(logits, 2)
    return torch.ctc_loss(log_probs, targets, input_lengths, target_lengths, 0, 1, False)
