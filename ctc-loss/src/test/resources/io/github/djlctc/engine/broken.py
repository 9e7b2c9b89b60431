class Program(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Program,
      x: Tensor, factor: Tensor) -> Tensor:
    return torch.no_such_operator(x)
