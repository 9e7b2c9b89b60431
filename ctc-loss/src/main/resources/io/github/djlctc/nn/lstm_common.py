
# What both programs of the LSTM share. Their arguments:
#
# input     (N, T, F)
# lengths   (N) int64 on the CPU, each 1 to T
# settings  float64 on the CPU: layers, directions, state size, dropout rate, training
# weights   per layer and direction: weight_ih, weight_hh, bias_ih, bias_hh
#
# Both return the states (N, T, directions * state size), zero beyond each length.
  def read(self: __torch__.Program,
      settings: Tensor) -> Tuple[int, int, int, float, bool]:
    layers = int(torch.item(torch.select(settings, 0, 0)))
    directions = int(torch.item(torch.select(settings, 0, 1)))
    state_size = int(torch.item(torch.select(settings, 0, 2)))
    dropout = float(torch.item(torch.select(settings, 0, 3)))
    training = bool(torch.item(torch.select(settings, 0, 4)))
    return (layers, directions, state_size, dropout, training)
