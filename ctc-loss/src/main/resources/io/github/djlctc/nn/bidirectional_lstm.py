# TorchScript, serialized form: PyTorch compiles this text when the archive is loaded.
# The method in lstm_common.py, where the arguments are described, belongs to the same class.
#
# Computes what packed_lstm.py computes by the LSTM of cuDNN on padded sequences, which takes a
# fraction of the time that packed sequences of different lengths take. The backward direction begins
# in the padding. There an input gate of 0 keeps its cell and its states at 0, as they are before a
# sequence: the input has a column that is 1 in padding, whose weight in the input gate is so far
# below 0 that the sigmoid is 0 in every precision. The gradients of the gates are then 0 too.
class Program(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Program,
      input: Tensor, lengths: Tensor, settings: Tensor, weights: List[Tensor]) -> Tensor:
    layers, directions, state_size, dropout, training = (self).read(settings)
    device = ops.prim.device(input)
    end = torch.unsqueeze(torch.to(lengths, device), 1)
    frame = torch.unsqueeze(torch.arange(torch.size(input, 1), dtype=4, layout=None, device=device, pin_memory=False), 0)
    padding = torch.unsqueeze(torch.ge(frame, end), 2)

    state = torch.new_zeros(input, [directions, torch.size(input, 0), state_size])
    states = torch.masked_fill(input, padding, 0)
    per_layer = torch.mul(4, directions)
    layer = 0
    while torch.lt(layer, layers):
      own = torch.slice(weights, torch.mul(layer, per_layer), torch.mul(torch.add(layer, 1), per_layer))
      if torch.eq(directions, 2):
        # Multiples of 4, as the tensor cores want them.
        columns = torch.sub(4, torch.remainder(torch.size(states, 2), 4))
        mark = torch.constant_pad_nd(torch.to(padding, states), [0, torch.sub(columns, 1)])
        states = torch.cat([states, mark], 2)
        own = (self).with_columns(own, columns, state_size)
      output, _0, _1 = torch.lstm(states, [state, state], (self).in_one_chunk(own), True, 1, 0., training, torch.eq(directions, 2), True)
      states = torch.masked_fill(output, padding, 0)
      layer = torch.add(layer, 1)
      if torch.lt(layer, layers):
        states = torch.dropout(states, dropout, training)
    return states

  # The weights of a layer, those of the input with columns after them: the first closes the input gate,
  # whose rows are the first ones.
  def with_columns(self: __torch__.Program,
      weights: List[Tensor], columns: int, state_size: int) -> List[Tensor]:
    closing = torch.mul(torch.new_ones(weights[0], [state_size, 1]), -10000)
    closing = torch.constant_pad_nd(closing, [0, torch.sub(columns, 1), 0, torch.mul(3, state_size)])
    result = annotate(List[Tensor], [])
    i = 0
    while torch.lt(i, torch.len(weights)):
      if torch.eq(torch.remainder(i, 4), 0):
        _0 = torch.append(result, torch.cat([weights[i], closing], 1))
      else:
        _1 = torch.append(result, weights[i])
      i = torch.add(i, 1)
    return result

  # The same weights as views of one array, in cuDNN's order of them, matrices before biases, which would
  # otherwise be copied into one by PyTorch, with a warning at every call.
  def in_one_chunk(self: __torch__.Program, weights: List[Tensor]) -> List[Tensor]:
    matrices = annotate(List[Tensor], [])
    biases = annotate(List[Tensor], [])
    sizes = annotate(List[int], [])
    bias_sizes = annotate(List[int], [])
    for i in range(torch.len(weights)):
      if torch.lt(torch.remainder(i, 4), 2):
        _0 = torch.append(matrices, torch.flatten(weights[i]))
        _1 = torch.append(sizes, torch.numel(weights[i]))
      else:
        _2 = torch.append(biases, torch.flatten(weights[i]))
        _3 = torch.append(bias_sizes, torch.numel(weights[i]))
    parts = torch.split_with_sizes(torch.cat(torch.add(matrices, biases)), torch.add(sizes, bias_sizes))
    views = annotate(List[Tensor], [])
    matrix = 0
    bias = torch.len(matrices)
    for j in range(torch.len(weights)):
      place = matrix
      if torch.lt(torch.remainder(j, 4), 2):
        matrix = torch.add(matrix, 1)
      else:
        place = bias
        bias = torch.add(bias, 1)
      _4 = torch.append(views, torch.reshape(parts[place], torch.size(weights[j])))
    return views
