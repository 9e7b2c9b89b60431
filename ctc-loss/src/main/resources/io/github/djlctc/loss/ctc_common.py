
# The methods that all programs of the CTC loss share.
#
# logits    (N, T, C), or (T, N, C) if time major; float16, float32 or float64
# numbers   float64 on the CPU, all in one so that they travel to the device together: blank; and as 0
#           or 1: time major, drop infinite losses, per sample, record the gradient; N input lengths;
#           N target lengths; weights of label smoothing and of the blank's posterior; the N weights
#           of the samples in the reduced loss; and what the program itself needs
#
# Every program returns the reduced loss (1, 1, 1), or the loss of every sample, of size 1 in the
# dimensions of frames and classes; detached, in float64, one array of the reduced loss followed by
# every sample's loss before infinite ones were dropped (1 + N); and an array to be closed at once,
# which has to do with the gradient.
#
# No program reads a value back from the device: what decides how to go on is in the numbers.
  def settings(self: __torch__.Program, numbers: Tensor) -> Tuple[int, bool, bool, bool, bool]:
    head = annotate(List[int], torch.to(torch.slice(numbers, 0, 0, 5), 4).tolist())
    return (head[0], torch.eq(head[1], 1), torch.eq(head[2], 1), torch.eq(head[3], 1), torch.eq(head[4], 1))

  def lengths(self: __torch__.Program, numbers: Tensor, samples: int) -> Tuple[List[int], List[int]]:
    end = torch.add(5, samples)
    inputs = annotate(List[int], torch.to(torch.slice(numbers, 0, 5, end), 4).tolist())
    targets = annotate(List[int], torch.to(torch.slice(numbers, 0, end, torch.add(end, samples)), 4).tolist())
    return (inputs, targets)

  # The numbers that the program itself needs, in rows (N, *).
  def own(self: __torch__.Program, numbers: Tensor, samples: int) -> Tensor:
    return torch.reshape(torch.slice(numbers, 0, torch.add(7, torch.mul(3, samples))), [samples, -1])

  # The weights of the samples (N).
  def weights(self: __torch__.Program, numbers: Tensor, samples: int) -> Tensor:
    start = torch.add(7, torch.mul(2, samples))
    return torch.slice(numbers, 0, start, torch.add(start, samples))

  # float16: ctc_loss has no kernel for it.
  def wide(self: __torch__.Program, logits: Tensor) -> Tensor:
    emissions = logits
    if torch.eq(ops.prim.dtype(logits), 5):
      emissions = torch.to(logits, 6)
    return emissions

  # Numbers of each sample (N), or of each class of it (N, U), as a factor of an array like the logits.
  def each_frame(self: __torch__.Program, values: Tensor, time_major: bool) -> Tensor:
    classes = torch.reshape(values, [torch.size(values, 0), 1, -1])
    if time_major:
      classes = torch.reshape(values, [1, torch.size(values, 0), -1])
    return classes

  # Whether a frame lies beyond the length of its sample: of size 1 in the dimension of classes.
  def padding(self: __torch__.Program,
      there: Tensor, samples: int, frames: int, time_major: bool) -> Tensor:
    frame = torch.arange(frames, dtype=4, layout=None, device=ops.prim.device(there), pin_memory=False)
    lengths = (self).each_frame(torch.slice(there, 0, 5, torch.add(5, samples)), time_major)
    return torch.ge((self).each_frame(frame, torch.__not__(time_major)), lengths)

  def is_padded(self: __torch__.Program, input_lengths: List[int], frames: int) -> bool:
    return torch.lt(ops.prim.min(input_lengths), frames)

  # What a sample's gradient is to be multiplied by: its share of what is computed. NaN for losses
  # that are not finite, but 0 for infinite ones that are dropped.
  def factors(self: __torch__.Program,
      shares: Tensor, raw: Tensor, infinite: Tensor, drop_infinite: bool) -> Tensor:
    # Not by raw * 0, which is NaN too, unless a compiler takes it for 0. NaN is not below inf.
    factors = torch.masked_fill(shares, torch.bitwise_not(torch.lt(raw, inf)), nan)
    if drop_infinite:
      factors = torch.masked_fill(factors, infinite, 0)
    return factors

  def dropped(self: __torch__.Program, raw: Tensor, infinite: Tensor, drop_infinite: bool) -> Tensor:
    values = raw
    if drop_infinite:
      values = torch.masked_fill(raw, infinite, 0)
    return values

  # Numbers, of size 1 in the dimensions of frames and classes, whose gradient with respect to the
  # logits is the given one. They are the product of the logits and the gradient, computed while one
  # number stands in for each sample or for all, so that no time is spent on it. The product is
  # linear, so that a second derivative through it would be wrong. The program must return the second
  # result, or the compiler leaves out what gives it back its memory.
  def attach(self: __torch__.Program,
      logits: Tensor, gradient: Tensor, values: Tensor) -> Tuple[Tensor, Tensor]:
    emissions = torch.alias((self).wide(logits))
    memory = torch.detach(emissions)
    slopes = torch.alias(gradient)
    _0 = torch.set_data(emissions, values)
    _1 = torch.set_data(slopes, torch.ones_like(values))
    product = torch.mul(emissions, slopes)
    _2 = torch.set_data(emissions, memory)
    _3 = torch.set_data(slopes, gradient)
    return (product, slopes)

  # The logarithms of the posteriors, through which back-propagation reaches the logits.
  def log_probs(self: __torch__.Program,
      logits: Tensor, padding: Tensor) -> Tensor:
    # Padding frames have gradient 0, but log_softmax would turn a NaN or inf in them into NaN.
    log_probs = torch.log_softmax(torch.masked_fill((self).wide(logits), padding, 0), 2)
    # A class of probability 0 gets gradient 0. Not by where, whose gradient the compiler may take for
    # a product: NaN times 0 is NaN.
    return torch.masked_fill(log_probs, torch.eq(log_probs, -inf), -inf)

  # The weights of label smoothing and of the blank's posterior.
  def regularization(self: __torch__.Program, numbers: Tensor, samples: int) -> Tuple[float, float]:
    start = torch.add(5, torch.mul(2, samples))
    reals = annotate(List[float], torch.slice(numbers, 0, start, torch.add(start, 2)).tolist())
    return (reals[0], reals[1])

  # Whether the gradient of every sample's loss is wanted, not that of the reduced loss.
  def is_separate(self: __torch__.Program, numbers: Tensor, samples: int) -> bool:
    _0, _1, _2, per_sample, _3 = (self).settings(numbers)
    smoothing, blank_weight = (self).regularization(numbers, samples)
    return torch.__or__(per_sample, torch.__or__(torch.ne(smoothing, 0.), torch.ne(blank_weight, 0.)))

  # Adds label smoothing and the blank's posterior to the losses of the samples.
  def regularize(self: __torch__.Program,
      losses: Tensor, infinite: Tensor, logits: Tensor, numbers: Tensor, there: Tensor) -> Tensor:
    blank, time_major, drop_infinite, _0, _1 = (self).settings(numbers)
    frame_dimension = 1
    if time_major:
      frame_dimension = 0
    samples = torch.size(logits, torch.sub(1, frame_dimension))
    smoothing, blank_weight = (self).regularization(numbers, samples)
    padding = (self).padding(there, samples, torch.size(logits, frame_dimension), time_major)
    log_probs = (self).log_probs(logits, padding)
    probs = torch.exp(log_probs)
    # 0 log 0 is 0.
    finite = torch.masked_fill(log_probs, torch.eq(log_probs, -inf), 0)
    negentropy = torch.sum(torch.mul(probs, finite), [2], True, dtype=None)
    divergence = torch.add(negentropy, torch.log(torch.size(log_probs, 2)))
    smooth = torch.sum(torch.masked_fill(divergence, padding, 0), [frame_dimension], True, dtype=None)
    of_blank = torch.masked_fill(torch.slice(probs, 2, blank, torch.add(blank, 1)), padding, 0)
    blanks = torch.sum(of_blank, [frame_dimension], True, dtype=None)
    penalty = torch.add(torch.mul(smooth, smoothing), torch.mul(blanks, blank_weight))
    if drop_infinite:
      penalty = torch.masked_fill(penalty, (self).each_frame(infinite, time_major), 0)
    return torch.add(torch.mul(losses, torch.sub(1., smoothing)), penalty)

  # The result of a program that computed the losses of samples and their gradients.
  # values    the losses of the samples (N), without those that are dropped; float64
  # gradient  in the shape of the logits, that of the reduced loss unless there is a loss per sample
  #           or a regularization; nothing of meaning unless it is recorded
  def results(self: __torch__.Program,
      logits: Tensor, gradient: Tensor, values: Tensor, raw: Tensor, infinite: Tensor, numbers: Tensor, there: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    blank, time_major, drop_infinite, per_sample, recording = (self).settings(numbers)
    samples = torch.size(raw, 0)
    weights = (self).weights(there, samples)
    narrow = (self).wide(logits)
    if (self).is_separate(numbers, samples):
      # Copies, since the memory of the numbers may be freed while the results are read, and before
      # back-propagation reads the weights again.
      losses = torch.to((self).each_frame(values, time_major), narrow, False, True)
      if recording:
        losses, gradient = (self).attach(logits, gradient, losses)
      smoothing, blank_weight = (self).regularization(numbers, samples)
      if torch.__or__(torch.ne(smoothing, 0.), torch.ne(blank_weight, 0.)):
        losses = (self).regularize(losses, infinite, logits, numbers, there)
      shares = torch.to((self).each_frame(weights, time_major), losses, False, True)
      total = torch.reshape(torch.sum(torch.mul(losses, shares)), [1, 1, 1])
      if per_sample:
        result = losses
      else:
        result = total
      reduced = torch.reshape(torch.to(torch.detach(total), raw), [1])
    else:
      reduced = torch.reshape(torch.dot(values, weights), [1])
      result = torch.to(torch.reshape(reduced, [1, 1, 1]), narrow)
      if recording:
        result, gradient = (self).attach(logits, gradient, result)
    return (result, torch.cat([reduced, raw]), gradient)
