# TorchScript, serialized form: PyTorch compiles this text when the archive is loaded.
#
# weight      float64 (1) on the CPU: the weight of the parameters, above 0 and at most 1; the
#             averages have the rest
# parameters  P averages, changed in place, and P parameters, in this order
#
# average + weight * (parameter - average), and where the weight is half or more
# parameter - (1 - weight) * (parameter - average): what is equal stays as it is, to the last bit.
#
# Returns one of the averages. PyTorch's compiler removes operators that change a list which nothing
# depends on, and it does not know that the slice shares tensors with the argument.
class Program(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Program, weight: Tensor, parameters: List[Tensor]) -> Tensor:
    share = float(torch.item(torch.select(weight, 0, 0)))
    count = torch.floordiv(torch.len(parameters), 2)
    averages = torch.slice(parameters, 0, count)
    _0 = torch._foreach_lerp_(averages, torch.slice(parameters, count), share)
    return averages[0]
