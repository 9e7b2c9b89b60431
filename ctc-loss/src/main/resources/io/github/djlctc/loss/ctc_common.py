
# The methods that all programs of the CTC loss share.
#
# logits    (N, T, C), or (T, N, C) if time major; float16, float32 or float64
# integers  int64 on the CPU: blank, time major, drop infinite losses, N input lengths, N target
#           lengths
# reals     float64 on the CPU: weights of label smoothing and of the blank's posterior, the N
#           weights of the samples in the reduced loss, and what the program itself needs
#
# Every program returns the reduced loss; the loss of every sample (N); and, detached, one array of
# the reduced loss followed by every sample's loss before infinite ones were dropped (1 + N).
  def settings(self: __torch__.Program, integers: Tensor) -> Tuple[int, bool, bool]:
    blank = int(torch.item(torch.select(integers, 0, 0)))
    time_major = bool(torch.item(torch.select(integers, 0, 1)))
    drop_infinite = bool(torch.item(torch.select(integers, 0, 2)))
    return (blank, time_major, drop_infinite)

  # Copies, since back-propagation may read them when the Java buffer is freed.
  def lengths(self: __torch__.Program, integers: Tensor) -> Tuple[Tensor, Tensor]:
    both = torch.reshape(torch.slice(integers, 0, 3), [2, -1])
    return (torch.clone(torch.select(both, 0, 0)), torch.clone(torch.select(both, 0, 1)))

  # float16: ctc_loss has no kernel for it.
  def wide(self: __torch__.Program, logits: Tensor) -> Tensor:
    emissions = logits
    if torch.eq(ops.prim.dtype(logits), 5):
      emissions = torch.to(logits, 6)
    return emissions

  # Whether a frame lies beyond the length of its sample: (T, N) on the device of the logits.
  def padding(self: __torch__.Program, input_lengths: Tensor, frames: int, like: Tensor) -> Tensor:
    device = ops.prim.device(like)
    frame = torch.unsqueeze(torch.arange(frames, dtype=4, layout=None, device=device, pin_memory=False), 1)
    return torch.ge(frame, torch.to(input_lengths, device))

  # The logarithms of the posteriors (T, N, C).
  def log_probs(self: __torch__.Program,
      logits: Tensor, input_lengths: Tensor, time_major: bool) -> Tensor:
    emissions = (self).wide(logits)
    if torch.__not__(time_major):
      emissions = torch.transpose(emissions, 0, 1)
    frames = torch.size(emissions, 0)
    # Padding frames have gradient 0, but log_softmax would turn a NaN or inf in them into NaN.
    if bool(torch.item(torch.lt(torch.min(input_lengths), frames))):
      padding = (self).padding(input_lengths, frames, emissions)
      emissions = torch.masked_fill(emissions, torch.unsqueeze(padding, 2), 0)
    log_probs = torch.log_softmax(emissions, 2)
    # A class of probability 0 gets gradient 0; ctc_loss alone would make the whole frame NaN.
    # Not by where, whose gradient the compiler may take for a product: NaN times 0 is NaN.
    return torch.masked_fill(log_probs, torch.eq(log_probs, -inf), -inf)

  def is_regularized(self: __torch__.Program, reals: Tensor) -> bool:
    return bool(torch.item(torch.any(torch.ne(torch.slice(reals, 0, 0, 2), 0))))

  # Adds label smoothing and the blank's posterior to the losses. raw has infinite losses still.
  def regularize(self: __torch__.Program,
      losses: Tensor, raw: Tensor, log_probs: Tensor, integers: Tensor, reals: Tensor) -> Tensor:
    smoothing = float(torch.item(torch.select(reals, 0, 0)))
    blank_weight = float(torch.item(torch.select(reals, 0, 1)))
    blank, _0, drop_infinite = (self).settings(integers)
    input_lengths, _1 = (self).lengths(integers)
    padding = (self).padding(input_lengths, torch.size(log_probs, 0), log_probs)
    valid = torch.to(torch.bitwise_not(padding), log_probs)
    probs = torch.exp(log_probs)
    # 0 log 0 is 0.
    finite = torch.masked_fill(log_probs, torch.eq(log_probs, -inf), 0)
    negentropy = torch.sum(torch.mul(probs, finite), [2], False, dtype=None)
    divergence = torch.add(negentropy, torch.log(torch.size(log_probs, 2)))
    smooth = torch.sum(torch.mul(valid, divergence), [0], False, dtype=None)
    blanks = torch.sum(torch.mul(valid, torch.select(probs, 2, blank)), [0], False, dtype=None)
    penalty = torch.add(torch.mul(smooth, smoothing), torch.mul(blanks, blank_weight))
    if drop_infinite:
      penalty = torch.masked_fill(penalty, torch.eq(raw, inf), 0)
    return torch.add(torch.mul(losses, torch.sub(1., smoothing)), penalty)

  # Losses (N) of given values whose gradient with respect to the logits is given: that of their
  # product, which is linear, so that a second derivative through it would be wrong.
  def attach(self: __torch__.Program,
      logits: Tensor, gradient: Tensor, values: Tensor, time_major: bool) -> Tensor:
    emissions = (self).wide(logits)
    classes = torch.size(emissions, 2)
    rows = torch.reshape(emissions, [-1, 1, classes])
    products = torch.reshape(torch.bmm(rows, torch.reshape(gradient, [-1, classes, 1])), [torch.size(emissions, 0), -1])
    frames = 1
    if time_major:
      frames = 0
    losses = torch.sum(products, [frames], False, dtype=None)
    # Written over the products, which padding frames may have made NaN.
    _0 = torch.copy_(torch.detach(losses), values)
    return losses

  def results(self: __torch__.Program,
      losses: Tensor, raw: Tensor, reals: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    samples = torch.size(losses, 0)
    # Back-propagation reads the weights again.
    weights = torch.to(torch.clone(torch.slice(reals, 0, 2, torch.add(2, samples))), losses)
    reduced = torch.sum(torch.mul(losses, weights))
    summary = torch.cat([torch.reshape(torch.detach(reduced), [1]), torch.to(raw, losses)])
    return (reduced, losses, summary)
