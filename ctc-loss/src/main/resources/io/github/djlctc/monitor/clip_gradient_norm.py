# TorchScript, serialized form: PyTorch compiles this text when the archive is loaded.
#
# settings   float64 (2) on the CPU: the limit; 1 if the gradients are on the CPU, where the norm
#            can be looked at without waiting, and gradients that need no scaling left untouched
# gradients  changed in place
#
# Returns the L2 norm of all gradients together, before clipping.
class Program(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Program, settings: Tensor, gradients: List[Tensor]) -> Tensor:
    limit = float(torch.item(torch.select(settings, 0, 0)))
    on_host = bool(torch.item(torch.select(settings, 0, 1)))
    norm = torch.norm(torch.stack(torch._foreach_norm(gradients)))
    if on_host:
      value = float(torch.item(norm))
      if torch.__and__(torch.gt(value, limit), torch.lt(value, inf)):
        _0 = torch._foreach_mul_(gradients, torch.div(limit, value))
    else:
      too_long = torch.logical_and(torch.gt(norm, limit), torch.lt(norm, inf))
      # Not limit / norm with a number, which is computed as limit * (1 / norm).
      quotient = torch.div(torch.full_like(norm, limit), norm)
      factor = torch.where(too_long, quotient, torch.ones_like(norm))
      _1 = torch._foreach_mul_(gradients, factor)
    return norm
