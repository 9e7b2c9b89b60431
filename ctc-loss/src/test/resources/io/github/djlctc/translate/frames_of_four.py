# Emissions (N,T,4) of samples (N,4T).
class Program(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Program, samples: Tensor) -> Tensor:
    return torch.view(samples, [torch.size(samples, 0), -1, 4])
