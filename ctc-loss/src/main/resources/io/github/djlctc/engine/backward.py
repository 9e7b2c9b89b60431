# TorchScript, serialized form: PyTorch compiles this text when the archive is loaded.
#
# Propagates gradients back from several arrays in one pass. Arrays that no parameter has a part in are
# passed over.
#
# first   any tensor, which is returned
# both    the arrays, and then the gradient of each
class Program(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Program,
      first: Tensor, both: List[Tensor]) -> Tensor:
    arrays = annotate(List[Tensor], [])
    gradients = annotate(List[Optional[Tensor]], [])
    count = torch.floordiv(torch.len(both), 2)
    i = 0
    while torch.lt(i, count):
      if ops.prim.requires_grad(both[i]):
        _0 = torch.append(arrays, both[i])
        _1 = torch.append(gradients, both[torch.add(i, count)])
      i = torch.add(i, 1)
    torch.backward(arrays, gradients, False, False)
    return first
