# TorchScript, serialized form: PyTorch compiles this text when the archive is loaded.
# The methods in lstm_common.py, where the arguments are described, and in dropout_common.py belong to
# the same class.
#
# Computes what packed_lstm.py computes by the LSTM of oneDNN: a whole sequence at once, where the
# packed LSTM of the CPU is a chain of small operators. It takes padded sequences only, and no
# lengths, so each direction is a call of its own, and the backward direction reads every sequence
# from its own end.
class Program(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Program,
      input: Tensor, lengths: Tensor, settings: Tensor, masks: Tensor, weights: List[Tensor]) -> Tensor:
    layers, directions, state_size, dropout, training = (self).read(settings)
    batch = torch.size(input, 0)
    frames = torch.size(input, 1)

    frame = torch.unsqueeze(torch.arange(frames, dtype=4, layout=None, device=None, pin_memory=False), 0)
    end = torch.unsqueeze(lengths, 1)
    is_padding = torch.ge(frame, end)
    padding = torch.unsqueeze(is_padding, 2)
    mirrored = torch.where(is_padding, frame, torch.sub(torch.sub(end, frame), 1))
    sample = torch.unsqueeze(torch.arange(batch, dtype=4, layout=None, device=None, pin_memory=False), 1)
    rows = torch.flatten(torch.add(mirrored, torch.mul(sample, frames)))

    state = torch.new_zeros(input, [1, batch, state_size])
    # The forward direction runs on into the padding, whose gradient is 0 unless there is NaN or inf.
    states = torch.masked_fill(input, padding, 0)
    layer = 0
    while torch.lt(layer, layers):
      outputs = annotate(List[Tensor], [])
      direction = 0
      while torch.lt(direction, directions):
        first = torch.mul(4, torch.add(torch.mul(layer, directions), direction))
        own = torch.slice(weights, first, torch.add(first, 4))
        if torch.eq(direction, 0):
          output, _0, _1 = torch.lstm(states, [state, state], own, True, 1, 0., training, False, True)
        else:
          mirror = (self).mirror(states, rows)
          backward, _2, _3 = torch.lstm(mirror, [state, state], own, True, 1, 0., training, False, True)
          output = (self).mirror(backward, rows)
        _4 = torch.append(outputs, output)
        direction = torch.add(direction, 1)
      states = torch.masked_fill(torch.cat(outputs, 2), padding, 0)
      layer = torch.add(layer, 1)
      if torch.lt(layer, layers):
        states = (self).drop(states, masks, torch.sub(layer, 1), dropout, training)
    return states

  # By an embedding, whose gradient is summed by rows, not by elements.
  def mirror(self: __torch__.Program,
      states: Tensor, rows: Tensor) -> Tensor:
    shape = [torch.size(states, 0), torch.size(states, 1), -1]
    mirrored = torch.embedding(torch.flatten(states, 0, 1), rows, -1, False, False)
    return torch.reshape(mirrored, shape)
