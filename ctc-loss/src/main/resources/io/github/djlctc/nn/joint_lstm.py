# TorchScript, serialized form: PyTorch compiles this text when the archive is loaded.
# The methods in lstm_common.py, where the arguments are described, and in dropout_common.py belong to
# the same class.
#
# Computes what bidirectional_lstm.py computes, with half the steps: both directions of a layer are one
# LSTM in one direction. It reads each sequence beside its mirror image, and its weights are those of
# the directions with zeros between them.
class Program(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Program,
      input: Tensor, lengths: Tensor, settings: Tensor, masks: Tensor, weights: List[Tensor]) -> Tensor:
    layers, directions, state_size, dropout, training = (self).read(settings)
    batch = torch.size(input, 0)
    frames = torch.size(input, 1)
    device = ops.prim.device(input)

    end = torch.unsqueeze(torch.to(lengths, device), 1)
    frame = torch.unsqueeze(torch.arange(frames, dtype=4, layout=None, device=device, pin_memory=False), 0)
    is_padding = torch.ge(frame, end)
    padding = torch.unsqueeze(is_padding, 2)
    mirrored = torch.where(is_padding, frame, torch.sub(torch.sub(end, frame), 1))
    sample = torch.unsqueeze(torch.arange(batch, dtype=4, layout=None, device=device, pin_memory=False), 1)
    rows = torch.flatten(torch.add(mirrored, torch.mul(sample, frames)))

    state = torch.new_zeros(input, [1, batch, torch.mul(directions, state_size)])
    states = torch.masked_fill(input, padding, 0)
    layer = 0
    while torch.lt(layer, layers):
      first = torch.mul(torch.mul(4, layer), directions)
      own = torch.slice(weights, first, torch.add(first, torch.mul(4, directions)))
      if torch.eq(directions, 1):
        output, _0, _1 = torch.lstm(states, [state, state], (self).in_one_chunk(own), True, 1, 0., training, False, True)
      else:
        both = torch.cat([states, (self).mirror(states, rows)], 2)
        joint = (self).in_one_chunk((self).joint(own, state_size))
        halves, _2, _3 = torch.lstm(both, [state, state], joint, True, 1, 0., training, False, True)
        backward = (self).mirror(torch.slice(halves, 2, state_size), rows)
        output = torch.cat([torch.slice(halves, 2, 0, state_size), backward], 2)
      states = torch.masked_fill(output, padding, 0)
      layer = torch.add(layer, 1)
      if torch.lt(layer, layers):
        states = (self).drop(states, masks, torch.sub(layer, 1), dropout, training)
    return states

  # Each sequence from its end to its beginning; padding stays where it is.
  def mirror(self: __torch__.Program,
      states: Tensor, rows: Tensor) -> Tensor:
    shape = [torch.size(states, 0), torch.size(states, 1), -1]
    return torch.reshape(torch.index_select(torch.flatten(states, 0, 1), 0, rows), shape)

  # The weights of one LSTM that computes two beside each other.
  def joint(self: __torch__.Program,
      weights: List[Tensor], state_size: int) -> List[Tensor]:
    result = annotate(List[Tensor], [])
    i = 0
    while torch.lt(i, 4):
      gates = [4, state_size, -1]
      forward = torch.reshape(weights[i], gates)
      backward = torch.reshape(weights[torch.add(i, 4)], gates)
      if torch.lt(i, 2):
        width = torch.size(forward, 2)
        forward = torch.constant_pad_nd(forward, [0, width])
        backward = torch.constant_pad_nd(backward, [width, 0])
        shape = [torch.mul(8, state_size), -1]
      else:
        shape = [-1]
      _0 = torch.append(result, torch.reshape(torch.cat([forward, backward], 1), shape))
      i = torch.add(i, 1)
    return result
