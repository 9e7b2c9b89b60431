# TorchScript, serialized form: PyTorch compiles this text when the archive is loaded.
#
# one, other  of one shape, type and device; each gets the elements of the other, in place
#
# Returns the first.
class Program(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Program, one: Tensor, other: Tensor) -> Tensor:
    kept = torch.clone(one)
    _0 = torch.copy_(one, other)
    _1 = torch.copy_(other, kept)
    return one
