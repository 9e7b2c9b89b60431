# TorchScript, serialized form: PyTorch compiles this text when the archive is loaded.
#
# samples     (samples) float32
# filterbank  (n_fft / 2 + 1, mels) float32
# settings    int64 on the CPU: n_fft, hop length, window length, and 1 if windows are centred on their
#             frames and see zeros beyond both ends; 0 if the first window begins at the first sample
# mean        (mels) float32, or empty
# deviation   (mels) float32, or empty
#
# Returns the log-mel features (frames, mels), each mel less its mean and divided by its deviation: those
# given or, if they are empty, those over the frames.
class Program(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Program,
      samples: Tensor, filterbank: Tensor, settings: Tensor, mean: Tensor, deviation: Tensor) -> Tensor:
    n_fft = int(torch.item(torch.select(settings, 0, 0)))
    hop_length = int(torch.item(torch.select(settings, 0, 1)))
    win_length = int(torch.item(torch.select(settings, 0, 2)))
    centred = bool(torch.item(torch.select(settings, 0, 3)))

    window = torch.hann_window(win_length, dtype=6, device=ops.prim.device(samples))
    spectrum = torch.stft(samples, n_fft, hop_length, win_length, window, centred, "constant", False, True, True)
    power = torch.square(torch.abs(spectrum))
    mel = torch.matmul(torch.transpose(power, 0, 1), filterbank)
    log_mel = torch.log(torch.add(mel, 1.0000000000000001e-10))
    if torch.eq(torch.numel(mean), 0):
      shifted = torch.sub(log_mel, torch.mean(log_mel, [0], True))
      variance = torch.mean(torch.square(shifted), [0], True)
      result = torch.div(shifted, torch.sqrt(torch.add(variance, 1.0000000000000001e-05)))
    else:
      result = torch.div(torch.sub(log_mel, mean), deviation)
    return result
