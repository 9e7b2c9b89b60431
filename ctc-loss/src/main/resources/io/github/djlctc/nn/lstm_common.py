
# What the programs of the LSTM share. Their arguments:
#
# input     (N, T, F)
# lengths   (N) int64 on the CPU, each 1 to T
# settings  float64 on the CPU: layers, directions, state size, dropout rate, training
# masks     (layers - 1, N, T, directions * state size) uint8: what dropout keeps of the layers but the
#           last; without elements if the device draws, or nothing is dropped
# weights   per layer and direction: weight_ih, weight_hh, bias_ih, bias_hh
#
# All return the states (N, T, directions * state size), zero beyond each length.
  def read(self: __torch__.Program,
      settings: Tensor) -> Tuple[int, int, int, float, bool]:
    layers = int(torch.item(torch.select(settings, 0, 0)))
    directions = int(torch.item(torch.select(settings, 0, 1)))
    state_size = int(torch.item(torch.select(settings, 0, 2)))
    dropout = float(torch.item(torch.select(settings, 0, 3)))
    training = bool(torch.item(torch.select(settings, 0, 4)))
    return (layers, directions, state_size, dropout, training)

  # The same weights as views of one array, in cuDNN's order of them, matrices before biases, which would
  # otherwise be copied into one by PyTorch, with a warning at every call.
  def in_one_chunk(self: __torch__.Program, weights: List[Tensor]) -> List[Tensor]:
    matrices = annotate(List[Tensor], [])
    biases = annotate(List[Tensor], [])
    sizes = annotate(List[int], [])
    bias_sizes = annotate(List[int], [])
    i = 0
    while torch.lt(i, torch.len(weights)):
      if torch.lt(torch.remainder(i, 4), 2):
        _0 = torch.append(matrices, torch.flatten(weights[i]))
        _1 = torch.append(sizes, torch.numel(weights[i]))
      else:
        _2 = torch.append(biases, weights[i])
        _3 = torch.append(bias_sizes, torch.numel(weights[i]))
      i = torch.add(i, 1)
    parts = torch.split_with_sizes(torch.cat(torch.add(matrices, biases)), torch.add(sizes, bias_sizes))
    # Matrices 0, 1 and biases 0, 1 of a direction, then those of the other.
    views = annotate(List[Tensor], [])
    j = 0
    while torch.lt(j, torch.len(weights)):
      place = torch.add(torch.mul(2, torch.floordiv(j, 4)), torch.remainder(j, 2))
      if torch.ge(torch.remainder(j, 4), 2):
        place = torch.add(place, torch.len(matrices))
      _4 = torch.append(views, torch.reshape(parts[place], torch.size(weights[j])))
      j = torch.add(j, 1)
    return views
