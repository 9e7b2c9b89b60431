# TorchScript, serialized form: PyTorch compiles this text when the archive is loaded.
#
# max_norm   scalar on the CPU
# gradients  changed in place
#
# Returns the L2 norm of all gradients together, before clipping.
class Program(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Program, max_norm: Tensor, gradients: List[Tensor]) -> Tensor:
    norms = annotate(List[Tensor], [])
    for i in range(torch.len(gradients)):
      _0 = torch.append(norms, torch.norm(gradients[i]))
    norm = torch.norm(torch.stack(norms))
    value = float(torch.item(norm))
    limit = float(torch.item(max_norm))
    if torch.__and__(torch.gt(value, limit), torch.lt(value, inf)):
      factor = torch.div(limit, value)
      for j in range(torch.len(gradients)):
        _1 = torch.mul_(gradients[j], factor)
    return norm
