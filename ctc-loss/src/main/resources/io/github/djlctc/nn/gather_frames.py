# TorchScript, serialized form: PyTorch compiles this text when the archive is loaded.
#
# Puts frames into other places.
#
# frames    (N, T, F)
# places    (A, B) int64 on the device of the frames: n T + t of the frame that goes there; -1 for none
#
# Returns frames (A, B, F), zero where there is none.
class Program(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Program,
      frames: Tensor, places: Tensor) -> Tensor:
    # By an embedding, whose gradient is summed by rows, not by elements.
    gathered = torch.embedding(torch.flatten(frames, 0, 1), torch.clamp_min(places, 0), -1, False, False)
    return torch.masked_fill(gathered, torch.unsqueeze(torch.lt(places, 0), 2), 0)
