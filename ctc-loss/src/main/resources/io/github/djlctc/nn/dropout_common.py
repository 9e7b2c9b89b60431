
# Dropout by one of the masks (count, the shape of the values) uint8; by the device's generator if there
# are none. The mask is converted, so nothing of its memory is needed afterwards.
  def drop(self: __torch__.Program,
      values: Tensor, masks: Tensor, index: int, rate: float, training: bool) -> Tensor:
    if torch.eq(torch.numel(masks), 0):
      dropped = torch.dropout(values, rate, training)
    else:
      kept = torch.to(torch.select(masks, 0, index), values)
      dropped = torch.mul(values, torch.mul_(kept, torch.div(1., torch.sub(1., rate))))
    return dropped
