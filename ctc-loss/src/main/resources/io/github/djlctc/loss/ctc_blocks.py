# TorchScript, serialized form: PyTorch compiles this text when the archive is loaded.
#
# Normalizes logits block by block, so that no array of their size is made: neither here nor, but for
# the gradient itself, in back-propagation, which computes the softmax of a block again.
# logits   (N, T, C), or (T, N, C) if time major; float32 or float64
# columns  (N, U) int64: classes
# options  int64 on the CPU: time major, rows of a block, of which the number of rows is a multiple
# Gives, with B blocks of R rows, the logsumexp of every row (B, R); the logits of the columns
# (B, R U); the posteriors of the columns (B R U) in float64, twice; a number to be added to what is
# derived, whose own derivative is an error if the logits have been changed by then; and the greatest
# magnitude of a logsumexp.
class Program(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Program,
      logits: Tensor, columns: Tensor, options: Tensor) -> Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
    time_major = bool(torch.item(torch.select(options, 0, 0)))
    rows = int(torch.item(torch.select(options, 0, 1)))
    classes = torch.size(logits, 2)
    width = torch.mul(rows, classes)
    blocks = torch.alias(torch.reshape(logits, [-1, width]))
    values = torch.detach(blocks)
    parts = annotate(List[Tensor], [])
    # Not for, which the compiler would unroll, with the steps in another order.
    i = 0
    while torch.lt(i, torch.size(values, 0)):
      # Back-propagation adds the gradient of a block to a full array in place if that comes after it
      # and is nobody else's, so every block takes one of its own out of a chain.
      next = torch.alias(blocks)
      # A block in the memory of the logits, but with the gradient of an embedding, which is as large
      # as the block; that of a slice is as large as the logits.
      number = torch.arange(i, torch.add(i, 1), dtype=4, layout=None, device=None, pin_memory=False)
      block = torch.embedding(blocks, number, -1, False, True)
      of_rows = torch.unflatten(block, 1, [rows, classes])
      memory = torch.slice(values, 0, i, torch.add(i, 1))
      _0 = torch.set_data(block, memory)
      in_rows = torch.unflatten(memory, 1, [rows, classes])
      # log_softmax takes half the time of logsumexp, and the logsumexp of one number is that number.
      greatest = torch.amax(in_rows, [2], True)
      _1 = torch.set_data(of_rows, torch.sub(greatest, torch.amax(torch.log_softmax(in_rows, 2), [2], True)))
      _2 = torch.append(parts, torch.logsumexp(of_rows, [2]))
      _3 = torch.set_data(of_rows, in_rows)
      blocks = next
      i = torch.add(i, 1)
    normalizers = torch.cat(parts)

    index = torch.unsqueeze(columns, 1)
    frames = torch.size(logits, 1)
    if time_major:
      index = torch.unsqueeze(columns, 0)
      frames = torch.size(logits, 0)
    if time_major:
      index = torch.expand(index, [frames, -1, -1])
    else:
      index = torch.expand(index, [-1, frames, -1])
    first = torch.mul(torch.arange(rows, dtype=4, layout=None, device=None, pin_memory=False), classes)
    index = torch.add(torch.reshape(index, [-1, rows, torch.size(columns, 1)]), torch.reshape(first, [1, -1, 1]))
    picked = torch.gather(blocks, 1, torch.reshape(index, [torch.size(values, 0), -1]))

    wide = torch.to(torch.detach(normalizers), 7)
    of_rows = torch.reshape(torch.to(torch.detach(picked), 7), [torch.numel(wide), -1])
    posteriors = torch.flatten(torch.exp(torch.sub(of_rows, torch.reshape(wide, [-1, 1]))))
    # The product keeps a logit for the derivative with respect to the other factor.
    factor = torch.tensor(0., dtype=ops.prim.dtype(logits), device=None, requires_grad=True)
    watch = torch.mul(torch.select(torch.select(values, 0, 0), 0, 0), factor)
    return (normalizers, picked, posteriors, torch.clone(posteriors), watch, torch.max(torch.abs(wide)))
