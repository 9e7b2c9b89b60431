# TorchScript, serialized form: PyTorch compiles this text when the archive is loaded.
# The methods in lstm_common.py, where the arguments are described, and in dropout_common.py belong to
# the same class.
#
# Runs the LSTM on packed sequences, which it can do in every precision and on every device.
class Program(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Program,
      input: Tensor, lengths: Tensor, settings: Tensor, masks: Tensor, weights: List[Tensor]) -> Tensor:
    layers, directions, state_size, dropout, training = (self).read(settings)

    # Packing wants the longest sequence first.
    order = torch.argsort(lengths, 0, True)
    original = torch.to(torch.argsort(order, 0, False), ops.prim.device(input))
    sorted_lengths = torch.index_select(lengths, 0, order)
    sorted_input = torch.index_select(input, 0, torch.to(order, ops.prim.device(input)))
    data, batch_sizes = torch._pack_padded_sequence(sorted_input, sorted_lengths, True)
    packed_masks = (self).packed(masks, order, sorted_lengths)

    bidirectional = torch.eq(directions, 2)
    state = torch.new_zeros(input, [directions, torch.size(input, 0), state_size])
    per_layer = torch.mul(4, directions)
    layer = 0
    while torch.lt(layer, layers):
      own = torch.slice(weights, torch.mul(layer, per_layer), torch.mul(torch.add(layer, 1), per_layer))
      data, _0, _1 = torch.lstm(data, batch_sizes, [state, state], own, True, 1, 0., training, bidirectional)
      layer = torch.add(layer, 1)
      if torch.lt(layer, layers):
        data = (self).drop(data, packed_masks, torch.sub(layer, 1), dropout, training)
    padded, _2 = torch._pad_packed_sequence(data, batch_sizes, True, 0., torch.size(input, 1))
    return torch.index_select(padded, 0, original)

  # The masks (count, frames, D) of the packed frames.
  def packed(self: __torch__.Program,
      masks: Tensor, order: Tensor, sorted_lengths: Tensor) -> Tensor:
    packed = annotate(List[Tensor], [])
    i = 0
    while torch.lt(i, torch.size(masks, 0)):
      mask = torch.index_select(torch.select(masks, 0, i), 0, order)
      frames, _0 = torch._pack_padded_sequence(mask, sorted_lengths, True)
      _1 = torch.append(packed, frames)
      i = torch.add(i, 1)
    if torch.eq(torch.len(packed), 0):
      result = masks
    else:
      result = torch.stack(packed)
    return result
