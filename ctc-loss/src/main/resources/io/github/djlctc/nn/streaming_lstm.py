# TorchScript, serialized form: PyTorch compiles this text when the archive is loaded.
# Other methods, in lstm_common.py, belong to the same class.
#
# Goes on with LSTM layers of one direction where an earlier call stopped.
#
# input     (N, T, F), all of it valid
# hidden    (layers, N, H), the states after the frames before
# cell      (layers, N, H), the cells after the frames before
# settings  int64 on the CPU: layers; 1 if the weights are wanted in one chunk
# weights   per layer: weight_ih, weight_hh, bias_ih, bias_hh
#
# Returns the states (N, T, H) of the last layer, and states and cells of all layers after the input.
class Program(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Program,
      input: Tensor, hidden: Tensor, cell: Tensor, settings: Tensor, weights: List[Tensor]) -> Tuple[Tensor, Tensor, Tensor]:
    layers = int(torch.item(torch.select(settings, 0, 0)))
    one_chunk = torch.eq(int(torch.item(torch.select(settings, 0, 1))), 1)
    states = input
    hiddens = annotate(List[Tensor], [])
    cells = annotate(List[Tensor], [])
    layer = 0
    while torch.lt(layer, layers):
      own = torch.slice(weights, torch.mul(4, layer), torch.mul(4, torch.add(layer, 1)))
      if one_chunk:
        own = (self).in_one_chunk(own)
      before = [torch.slice(hidden, 0, layer, torch.add(layer, 1)), torch.slice(cell, 0, layer, torch.add(layer, 1))]
      states, last_hidden, last_cell = torch.lstm(states, before, own, True, 1, 0., False, False, True)
      _0 = torch.append(hiddens, last_hidden)
      _1 = torch.append(cells, last_cell)
      layer = torch.add(layer, 1)
    return (states, torch.cat(hiddens), torch.cat(cells))
