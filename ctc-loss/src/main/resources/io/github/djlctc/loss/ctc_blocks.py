# TorchScript, serialized form: PyTorch compiles this text when the archive is loaded.
#
# Normalizes logits block by block, so that no array of their size is made: neither here nor, but for
# the gradient itself, in back-propagation, which computes the softmax of a block again.
# logits   (N, T, C), or (T, N, C) if time major; float32 or float64
# columns  (N, U) int64: classes, the first of them the blank
# options  int64 on the CPU: time major, rows of a block
# Gives, with R = N T rows in the order of the logits, the logsumexp of every row (R); the logits of
# the columns (R, U); the posteriors of the columns (R U) in float64, twice; a number to be added to
# what is derived, whose own derivative is an error if the logits have been changed by then; and the
# greatest magnitude among the logsumexps and the blank's log posteriors.
class Program(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Program,
      logits: Tensor, columns: Tensor, options: Tensor) -> Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
    time_major = bool(torch.item(torch.select(options, 0, 0)))
    block_rows = int(torch.item(torch.select(options, 0, 1)))
    blank = int(torch.item(torch.select(torch.select(columns, 0, 0), 0, 0)))
    rows = torch.alias(torch.flatten(logits, 0, 1))
    values = torch.detach(rows)
    parts = annotate(List[Tensor], [])
    # Not for, which the compiler would unroll, with the steps in another order.
    start = 0
    while torch.lt(start, torch.size(values, 0)):
      end = ops.prim.min(torch.add(start, block_rows), torch.size(values, 0))
      # Back-propagation adds the gradient of a block to a full array in place if that comes after it
      # and is nobody else's, so every block takes one of its own out of a chain.
      next = torch.alias(rows)
      # A block in the memory of the logits, but with the gradient of an embedding, which is as large
      # as the block; that of a slice is as large as the logits.
      numbers = torch.arange(start, end, dtype=4, layout=None, device=None, pin_memory=False)
      block = torch.embedding(rows, numbers, -1, False, True)
      memory = torch.slice(values, 0, start, end)
      # log_softmax takes half the time of logsumexp, and the logsumexp of one number is that number.
      of_blank = torch.slice(torch.log_softmax(memory, 1), 1, blank, torch.add(blank, 1))
      normalizer = torch.sub(torch.slice(memory, 1, blank, torch.add(blank, 1)), of_blank)
      # Nothing to be derived may follow logsumexp in the loop: after some runs, the compiler would
      # join both into one derivative, which expects the gradient of the block before _2.
      _0 = torch.set_data(block, normalizer)
      _1 = torch.append(parts, torch.logsumexp(block, [1]))
      _2 = torch.set_data(block, memory)
      rows = next
      start = end
    normalizers = torch.cat(parts)

    # A copy, since back-propagation reads the index again, which for one sample or frame is a view.
    own = torch.clone(columns)
    if time_major:
      index = torch.expand(torch.unsqueeze(own, 0), [torch.size(logits, 0), -1, -1])
    else:
      index = torch.expand(torch.unsqueeze(own, 1), [-1, torch.size(logits, 1), -1])
    picked = torch.gather(rows, 1, torch.flatten(index, 0, 1))

    wide = torch.to(torch.detach(normalizers), 7)
    logs = torch.sub(torch.to(torch.detach(picked), 7), torch.unsqueeze(wide, 1))
    posteriors = torch.flatten(torch.exp(logs))
    greatest = torch.max(torch.maximum(torch.abs(wide), torch.abs(torch.select(logs, 1, 0))))
    # The product keeps a logit for the derivative with respect to the other factor.
    factor = torch.tensor(0., dtype=ops.prim.dtype(logits), device=None, requires_grad=True)
    watch = torch.mul(torch.select(torch.select(values, 0, 0), 0, 0), factor)
    return (normalizers, picked, posteriors, torch.clone(posteriors), watch, greatest)
