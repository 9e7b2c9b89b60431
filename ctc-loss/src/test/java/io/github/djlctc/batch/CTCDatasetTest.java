package io.github.djlctc.batch;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Batch;

import io.github.djlctc.host.CountsArrays;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CTCDatasetTest {

    /** A sample of this text has two frames for each letter. */
    private static final List<String> TEXTS = List.of("ab", "c", "", "abca");

    @CountsArrays
    void batchesAreTheFormThatTheLossTakes() throws Exception {
        CTCDataset<String> dataset = builder().setSampling(4, false).build();
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Batch batch = dataset.getData(manager).iterator().next();

            assertThat(batch.getData().get(0).getShape()).isEqualTo(new Shape(4, 10, 3));
            assertThat(batch.getData().get(1).toLongArray()).containsExactly(6, 4, 2, 10);
            assertThat(batch.getLabels().get(0).toIntArray())
                    .containsExactly(1, 2, -1, -1, 3, -1, -1, -1, -1, -1, -1, -1, 1, 2, 3, 1);
            assertThat(batch.getLabels().get(1).toLongArray()).containsExactly(2, 1, 0, 4);
            batch.close();
            assertThat(manager.getManagedArrays()).isEmpty();
        }
    }

    @Test
    void aSampleThatCannotBeReadIsNamed() {
        CTCDataset<String> dataset =
                builder()
                        .setFeatures(
                                (manager, text) -> {
                                    throw new IOException("abca.wav is truncated");
                                })
                        .setSampling(4, false)
                        .build();
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            assertThatThrownBy(() -> dataset.get(manager, 3))
                    .isInstanceOf(IOException.class)
                    .hasMessage("sample 3 of the data set: abca.wav is truncated")
                    .hasRootCauseInstanceOf(IOException.class);
            assertThat(manager.getManagedArrays()).isEmpty();
        }
    }

    @Test
    void targetsThatCannotBeMadeNameTheirSample() {
        CTCDataset<String> dataset =
                builder()
                        .setTargets(
                                text -> {
                                    throw new IllegalArgumentException("no class for '!'");
                                })
                        .setSampling(4, false)
                        .build();
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            assertThatThrownBy(() -> dataset.get(manager, 1))
                    .isInstanceOf(IOException.class)
                    .hasMessage("sample 1 of the data set: no class for '!'");
        }
    }

    @Test
    void whatIsNotSetIsNamed() {
        assertThatThrownBy(() -> builder().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sampling");
        assertThatThrownBy(() -> CTCDataset.<String>builder().setSampling(4, false).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("samples");
    }

    private static CTCDataset.Builder<String> builder() {
        return CTCDataset.<String>builder()
                .setSamples(TEXTS)
                .setFeatures((manager, text) -> manager.ones(new Shape(2 + 2L * text.length(), 3)))
                .setTargets(text -> text.chars().map(letter -> letter - 'a' + 1).toArray());
    }
}
