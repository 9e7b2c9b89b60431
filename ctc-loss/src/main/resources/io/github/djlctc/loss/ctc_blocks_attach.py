# TorchScript, serialized form: PyTorch compiles this text when the archive is loaded.
#
# Gives a gradient that was computed elsewhere to back-propagation: that of the posteriors less the
# occupancy, each row times a weight.
# normalizers, picked, posteriors, watch  what ctc_blocks.py gives
# gradient  (rows * U) float64: the posteriors less the occupancy
# weights   (rows) float64 on the CPU
class Program(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Program,
      normalizers: Tensor, picked: Tensor, posteriors: Tensor, gradient: Tensor, watch: Tensor, weights: Tensor) -> Tensor:
    # Copies, since back-propagation may read them when the Java buffers are freed.
    each = torch.clone(torch.to(weights, normalizers))
    occupancy = torch.reshape(torch.sub(gradient, posteriors), [torch.numel(weights), -1])
    slopes = torch.flatten(torch.to(torch.mul(occupancy, torch.unsqueeze(weights, 1)), picked))
    products = torch.add(torch.dot(normalizers, each), torch.dot(torch.flatten(picked), slopes))
    return torch.add(products, watch)
