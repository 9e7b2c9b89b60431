
# The methods that all programs of the CTC loss share.
#
# logits    (N, T, C), or (T, N, C) if time major; float16, float32 or float64
# numbers   int64 on the CPU, all in one so that they travel to the device together. As they are:
#           blank; and as 0 or 1: time major, drop infinite losses, per sample, record the gradient,
#           regularize; N input lengths; N target lengths. As the bits of float64: the weights of label
#           smoothing and of the blank's posterior; the N weights of the samples in the reduced loss.
#           The same N as the bits of float32, two in a number. Then what the program itself needs.
#
# Every program returns the reduced loss (1, 1, 1), or the loss of every sample, of size 1 in the
# dimensions of frames and classes; detached, one array of the reduced loss followed by every sample's
# loss before infinite ones were dropped (1 + N); and an array to be closed at once, which has to do
# with the gradient.
#
# No program reads a value back from the device: what decides how to go on is in the numbers. On a GPU
# a small batch takes as long as it takes to launch its operators, so each counts; and no two that
# PyTorch's compiler could fuse follow each other, since that takes longer at such sizes, and longer
# still when shapes change.
  def settings(self: __torch__.Program, numbers: Tensor) -> List[int]:
    return annotate(List[int], torch.slice(numbers, 0, 0, 6).tolist())

  def blank(self: __torch__.Program, settings: List[int]) -> int:
    return settings[0]

  def is_time_major(self: __torch__.Program, settings: List[int]) -> bool:
    return torch.eq(settings[1], 1)

  def drops_infinite(self: __torch__.Program, settings: List[int]) -> bool:
    return torch.eq(settings[2], 1)

  def is_per_sample(self: __torch__.Program, settings: List[int]) -> bool:
    return torch.eq(settings[3], 1)

  def is_recording(self: __torch__.Program, settings: List[int]) -> bool:
    return torch.eq(settings[4], 1)

  def is_regularized(self: __torch__.Program, settings: List[int]) -> bool:
    return torch.eq(settings[5], 1)

  # Whether the gradient of every sample's loss is wanted, not that of the reduced loss.
  def is_separate(self: __torch__.Program, settings: List[int]) -> bool:
    return torch.__or__((self).is_per_sample(settings), (self).is_regularized(settings))

  # N input lengths, N target lengths.
  def lengths(self: __torch__.Program, numbers: Tensor, samples: int) -> Tuple[List[int], List[int]]:
    both = annotate(List[int], torch.slice(numbers, 0, 6, torch.add(6, torch.mul(2, samples))).tolist())
    return (torch.slice(both, 0, samples), torch.slice(both, samples))

  # The weights of label smoothing and of the blank's posterior.
  def regularization(self: __torch__.Program, numbers: Tensor, samples: int) -> Tuple[float, float]:
    start = torch.add(6, torch.mul(2, samples))
    bits = torch.slice(numbers, 0, start, torch.add(start, 2))
    reals = annotate(List[float], torch.view_copy(bits, dtype=7).tolist())
    return (reals[0], reals[1])

  # The weights of the samples (N), float32 or float64; a copy.
  def weights(self: __torch__.Program, numbers: Tensor, samples: int, dtype: int) -> Tensor:
    start = torch.add(8, torch.mul(2, samples))
    pairs = torch.add(start, samples)
    if torch.eq(dtype, 6):
      bits = torch.slice(numbers, 0, pairs, torch.add(pairs, (self).pairs(samples)))
      weights = torch.slice(torch.view_copy(bits, dtype=6), 0, 0, samples)
    else:
      weights = torch.view_copy(torch.slice(numbers, 0, start, pairs), dtype=7)
    return weights

  def pairs(self: __torch__.Program, samples: int) -> int:
    return torch.floordiv(torch.add(samples, 1), 2)

  # The numbers that the program itself needs, in rows (N, *).
  def own(self: __torch__.Program, numbers: Tensor, samples: int) -> Tensor:
    start = torch.add(torch.add(8, torch.mul(3, samples)), (self).pairs(samples))
    return torch.reshape(torch.slice(numbers, 0, start), [samples, -1])

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
    lengths = (self).each_frame(torch.slice(there, 0, 6, torch.add(6, samples)), time_major)
    return torch.ge((self).each_frame(frame, torch.__not__(time_major)), lengths)

  def is_padded(self: __torch__.Program, input_lengths: List[int], frames: int) -> bool:
    return torch.lt(ops.prim.min(input_lengths), frames)

  # The losses, 0 for infinite ones that are dropped.
  def dropped(self: __torch__.Program, raw: Tensor, drop_infinite: bool) -> Tensor:
    values = raw
    if drop_infinite:
      values = torch.nan_to_num(raw, nan, 0., -inf)
    return values

  # What a sample's gradient is to be multiplied by: its share of what is computed. NaN for losses
  # that are not finite, but 0 for infinite ones that are dropped.
  def factors(self: __torch__.Program,
      shares: Tensor, raw: Tensor, values: Tensor, drop_infinite: bool) -> Tensor:
    # NaN is not below inf.
    finite = torch.lt(raw, inf)
    if drop_infinite:
      factors = torch.where(finite, shares, values)
    else:
      factors = torch.where(finite, shares, torch.full_like(raw, nan))
    return factors

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
    # On the CPU, whose numbers operators of every device take.
    one = torch.ones(annotate(List[int], []), dtype=6, layout=None, device=torch.device("cpu"), pin_memory=False)
    _1 = torch.set_data(slopes, one)
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

  # Adds label smoothing and the blank's posterior to the losses of the samples.
  def regularize(self: __torch__.Program,
      losses: Tensor, raw: Tensor, logits: Tensor, numbers: Tensor, there: Tensor) -> Tensor:
    settings = (self).settings(numbers)
    blank = (self).blank(settings)
    time_major = (self).is_time_major(settings)
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
    if (self).drops_infinite(settings):
      infinite = torch.eq(raw, inf)
      penalty = torch.masked_fill(penalty, (self).each_frame(infinite, time_major), 0)
    return torch.add(torch.mul(losses, torch.sub(1., smoothing)), penalty)

  # The result of a program that computed the losses of samples and their gradients.
  # gradient  in the shape of the logits, that of the reduced loss unless there is a loss per sample
  #           or a regularization; nothing of meaning unless it is recorded
  # values    the losses of the samples (N), without those that are dropped
  # raw       the same with them
  # weights   those of the samples (N), in the type of the losses
  def results(self: __torch__.Program,
      logits: Tensor, gradient: Tensor, values: Tensor, raw: Tensor, weights: Tensor, numbers: Tensor, there: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    settings = (self).settings(numbers)
    time_major = (self).is_time_major(settings)
    recording = (self).is_recording(settings)
    narrow = (self).wide(logits)
    if (self).is_separate(settings):
      # A copy, since the memory of the numbers may be freed while the results are read.
      losses = torch.to((self).each_frame(values, time_major), narrow, False, True)
      if recording:
        losses, gradient = (self).attach(logits, gradient, losses)
      if (self).is_regularized(settings):
        losses = (self).regularize(losses, raw, logits, numbers, there)
      shares = torch.to((self).each_frame(weights, time_major), losses)
      total = torch.reshape(torch.sum(torch.mul(losses, shares)), [1, 1, 1])
      if (self).is_per_sample(settings):
        result = losses
      else:
        result = total
      reduced = torch.reshape(torch.to(torch.detach(total), raw), [1])
    else:
      reduced = torch.mv(torch.unsqueeze(values, 0), weights)
      result = torch.to(torch.reshape(reduced, [1, 1, 1]), narrow)
      if recording:
        result, gradient = (self).attach(logits, gradient, result)
    return (result, torch.cat([reduced, raw]), gradient)
