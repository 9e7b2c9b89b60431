package io.github.djlctc.examples.common.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.host.HostArrays;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class HostBatchTest {

    @Test
    void padsToTheLongest() {
        HostBatch batch =
                new HostBatch(
                        List.of(new float[] {1, 2}, new float[] {3, 4, 5, 6, 7, 8}),
                        List.of(new long[] {1, 2, 3}, new long[] {4}),
                        2);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList data = batch.data(manager);
            assertThat(data.get(0).getShape()).isEqualTo(new Shape(2, 3, 2));
            assertThat(HostArrays.readFloats(data.get(0)))
                    .containsExactly(1, 2, 0, 0, 0, 0, 3, 4, 5, 6, 7, 8);
            assertThat(HostArrays.readLongs(data.get(1))).containsExactly(1, 3);

            NDList labels = batch.labels(manager);
            assertThat(labels.get(0).getShape()).isEqualTo(new Shape(2, 3));
            assertThat(HostArrays.readLongs(labels.get(0))).containsExactly(1, 2, 3, 4, -1, -1);
            assertThat(HostArrays.readLongs(labels.get(1))).containsExactly(3, 1);

            assertThat(manager.getManagedArrays()).hasSize(4);
        }
    }
}
