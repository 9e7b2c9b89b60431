# TorchScript, serialized form: PyTorch compiles this text when the archive is loaded.
#
# settings    float64 (11) on the CPU: learning rate; learning rate with both corrections of the
#             bias; weight decay; factor of the gradients; greatest gradient, below 0 for none;
#             beta1; 1 - beta1; beta2; 1 - beta2; epsilon; the greatest number of values that
#             are updated at once, unless one parameter has more
# parameters  P weights, P gradients, P means and P variances, in this order; changed in place,
#             the gradients to zero
#
# Operators and their order are those of DJL's adamUpdate, so that rounding is too.
#
# Returns one of the weights. PyTorch's compiler removes operators that change a list which nothing
# depends on, and it does not know that the slices share tensors with the arguments.
class Program(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Program, settings: Tensor, parameters: List[Tensor]) -> Tensor:
    learning_rate = float(torch.item(torch.select(settings, 0, 0)))
    corrected_rate = float(torch.item(torch.select(settings, 0, 1)))
    weight_decay = float(torch.item(torch.select(settings, 0, 2)))
    scale = float(torch.item(torch.select(settings, 0, 3)))
    limit = float(torch.item(torch.select(settings, 0, 4)))
    beta1 = float(torch.item(torch.select(settings, 0, 5)))
    rest1 = float(torch.item(torch.select(settings, 0, 6)))
    beta2 = float(torch.item(torch.select(settings, 0, 7)))
    rest2 = float(torch.item(torch.select(settings, 0, 8)))
    epsilon = float(torch.item(torch.select(settings, 0, 9)))
    at_once = float(torch.item(torch.select(settings, 0, 10)))
    count = torch.floordiv(torch.len(parameters), 4)
    result = settings
    start = 0
    while torch.lt(start, count):
      values = torch.numel(parameters[start])
      end = torch.add(start, 1)
      has_room = True
      while torch.__and__(has_room, torch.lt(end, count)):
        values = torch.add(values, torch.numel(parameters[end]))
        has_room = torch.le(values, at_once)
        if has_room:
          end = torch.add(end, 1)
      weights = torch.slice(parameters, start, end)
      gradients = torch.slice(parameters, torch.add(count, start), torch.add(count, end))
      means = torch.slice(parameters, torch.add(torch.mul(2, count), start), torch.add(torch.mul(2, count), end))
      variances = torch.slice(parameters, torch.add(torch.mul(3, count), start), torch.add(torch.mul(3, count), end))
      if torch.ne(scale, 1.):
        _0 = torch._foreach_mul_(gradients, scale)
      if torch.ge(limit, 0.):
        _1 = torch._foreach_clamp_max_(gradients, limit)

      decay = torch._foreach_mul(weights, learning_rate)
      _2 = torch._foreach_mul_(decay, weight_decay)
      _3 = torch._foreach_sub_(weights, decay)

      _4 = torch._foreach_mul_(means, beta1)
      _5 = torch._foreach_add_(means, gradients, alpha=rest1)
      _6 = torch._foreach_mul_(variances, beta2)
      _7 = torch._foreach_addcmul_(variances, gradients, gradients, rest2)

      change = torch._foreach_mul(means, corrected_rate)
      divisor = torch._foreach_sqrt(variances)
      _8 = torch._foreach_add_(divisor, epsilon)
      _9 = torch._foreach_div_(change, divisor)
      _10 = torch._foreach_sub_(weights, change)
      _11 = torch._foreach_zero_(gradients)
      result = weights[0]
      start = end
    return result
