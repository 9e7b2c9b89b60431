# TorchScript, serialized form: PyTorch compiles this text when the archive is loaded.
# The methods in lstm_common.py, where the arguments are described, and in dropout_common.py belong to
# the same class.
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
      input: Tensor, lengths: Tensor, settings: Tensor, masks: Tensor, weights: List[Tensor]) -> Tensor:
    layers, directions, state_size, dropout, training = (self).read(settings)
    bidirectional = torch.eq(directions, 2)
    device = ops.prim.device(input)
    frames = torch.size(input, 1)
    # Four columns, of which only the first is ever 1: widths are filled up to multiples of 4, as the
    # tensor cores want them.
    ends = torch.constant_pad_nd(torch.reshape(lengths, [-1, 1, 1]), [0, 3], frames)
    frame = torch.reshape(torch.arange(frames, dtype=4, layout=None, device=device, pin_memory=False), [1, -1, 1])
    is_padding = torch.ge(frame, torch.to(ends, device))
    padding = torch.slice(is_padding, 2, 0, 1)
    states = torch.masked_fill(input, padding, 0)
    mark = torch.to(is_padding, states)
    # What closes the input gates, whose rows are the first.
    closing = torch.new_zeros(states, [torch.mul(4, state_size), 4])
    _0 = torch.fill_(torch.slice(torch.slice(closing, 0, 0, state_size), 1, 0, 1), -10000)

    state = torch.new_zeros(states, [directions, torch.size(states, 0), state_size])
    per_layer = torch.mul(4, directions)
    layer = 0
    while torch.lt(layer, layers):
      own = torch.slice(weights, torch.mul(layer, per_layer), torch.mul(torch.add(layer, 1), per_layer))
      if bidirectional:
        columns = torch.sub(4, torch.remainder(torch.size(states, 2), 4))
        states = torch.cat([states, torch.slice(mark, 2, 0, columns)], 2)
        own = (self).with_columns(own, torch.slice(closing, 1, 0, columns))
      states, _1, _2 = torch.lstm(states, [state, state], (self).in_one_chunk(own), True, 1, 0., training, bidirectional, True)
      layer = torch.add(layer, 1)
      if torch.lt(layer, layers):
        states = (self).drop(states, masks, torch.sub(layer, 1), dropout, training)
    return torch.masked_fill(states, padding, 0)

  # The weights of a layer, with columns after those of the input.
  def with_columns(self: __torch__.Program,
      weights: List[Tensor], columns: Tensor) -> List[Tensor]:
    result = annotate(List[Tensor], [])
    i = 0
    while torch.lt(i, torch.len(weights)):
      if torch.eq(torch.remainder(i, 4), 0):
        _0 = torch.append(result, torch.cat([weights[i], columns], 1))
      else:
        _1 = torch.append(result, weights[i])
      i = torch.add(i, 1)
    return result
