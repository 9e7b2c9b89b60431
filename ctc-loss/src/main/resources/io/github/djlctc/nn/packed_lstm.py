# TorchScript, serialized form: PyTorch compiles this text when the archive is loaded.
# The method in lstm_common.py, where the arguments are described, belongs to the same class.
#
# Runs the LSTM on packed sequences, which it can do in every precision and on every device.
class Program(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Program,
      input: Tensor, lengths: Tensor, settings: Tensor, weights: List[Tensor]) -> Tensor:
    layers, directions, state_size, dropout, training = (self).read(settings)

    # Packing wants the longest sequence first.
    order = torch.argsort(lengths, 0, True)
    original = torch.to(torch.argsort(order, 0, False), ops.prim.device(input))
    sorted_lengths = torch.index_select(lengths, 0, order)
    sorted_input = torch.index_select(input, 0, torch.to(order, ops.prim.device(input)))
    data, batch_sizes = torch._pack_padded_sequence(sorted_input, sorted_lengths, True)

    shape = [torch.mul(layers, directions), torch.size(input, 0), state_size]
    state = torch.new_zeros(input, shape)
    output, _0, _1 = torch.lstm(data, batch_sizes, [state, state], weights, True, layers, dropout, training, torch.eq(directions, 2))
    padded, _2 = torch._pad_packed_sequence(output, batch_sizes, True, 0., torch.size(input, 1))
    return torch.index_select(padded, 0, original)
