package io.github.djlctc.engine;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.testing.ArrayTest;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The simulated GPU detects programs that would fail or wait on a real one. */
class MetaDeviceTest extends ArrayTest {

    @Override
    protected Device device() {
        return Device.cpu();
    }

    @Test
    void findsThatDevicesAreMixed() {
        run("torch.add(x, torch.to(y, ops.prim.device(x)))");
        assertThatThrownBy(() -> run("torch.add(x, y)"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("same device");
    }

    @Test
    void findsThatAValueIsReadBack() {
        run("torch.mul(x, float(torch.item(torch.sum(y))))");
        assertThatThrownBy(() -> run("torch.mul(x, float(torch.item(torch.sum(x))))"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("_local_scalar_dense");
    }

    private void run(String result) {
        String source =
                """
                class Program(Module):
                  __parameters__ = []
                  __buffers__ = []
                  training : bool
                  def forward(self: __torch__.Program, x: Tensor, y: Tensor) -> Tensor:
                    return %s
                """
                        .formatted(result);
        NDList there = new NDList(manager.ones(new Shape(2)));
        NDList here = new NDList(manager.ones(new Shape(2)));
        MetaDevice.run(source, there, here, new NDList(), 1);
    }
}
