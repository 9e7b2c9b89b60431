# TorchScript, serialized form: PyTorch compiles this text when the archive is loaded.
# The method in dropout_common.py belongs to the same class.
#
# input     of any shape
# mask      (1, the shape of the input) uint8: 1 for values that are kept, 0 for others
# settings  float64 on the CPU: the dropout rate
class Program(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Program,
      input: Tensor, mask: Tensor, settings: Tensor) -> Tensor:
    return (self).drop(input, mask, 0, float(torch.item(torch.select(settings, 0, 0))), True)
