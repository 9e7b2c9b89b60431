package io.github.djlctc.examples.htr.train;

import io.github.djlctc.examples.common.image.GreyImage;
import io.github.djlctc.examples.common.image.ImageFiles;
import io.github.djlctc.examples.common.train.FeatureSource;
import io.github.djlctc.examples.common.train.MemoryBudget;
import io.github.djlctc.examples.common.train.UnreadableSampleException;
import io.github.djlctc.examples.htr.augment.LineAugmentation;
import io.github.djlctc.examples.htr.corpus.LineSample;
import io.github.djlctc.examples.htr.image.LineImage;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class LineReaderTest {

    private static final int HEIGHT = 16;

    private final AtomicInteger reads = new AtomicInteger();

    @Test
    void keepsWhatFits() throws Exception {
        LineSample sample = new LineSample("a", "A", height -> picture());
        float[] expected =
                plain(new LineReader(HEIGHT, none(), new LineCache(new MemoryBudget(0))), sample);
        assertThat(reads).hasValue(3);
        reads.set(0);

        float[] kept =
                plain(
                        new LineReader(HEIGHT, none(), new LineCache(new MemoryBudget(1000))),
                        sample);

        assertThat(reads).hasValue(1);
        assertThat(kept).containsExactly(expected);
    }

    @Test
    void variesLinesForTrainingOnly() throws Exception {
        LineAugmentation inversion =
                (line, random) -> {
                    float[] ink = new float[line.ink().length];
                    for (int i = 0; i < ink.length; i++) {
                        ink[i] = 1 - line.ink()[i];
                    }
                    return new LineImage(ink, line.width(), line.height());
                };
        LineSample sample = new LineSample("a", "A", height -> picture());
        FeatureSource source =
                new LineReader(HEIGHT, inversion, new LineCache(new MemoryBudget(1000)))
                        .read(sample)
                        .features();
        float[] plain = source.plain();
        float[] varied = source.varied(new SplittableRandom(1));

        assertThat(plain).hasSize(24 * HEIGHT);
        assertThat(varied).hasSameSizeAs(plain);
        for (int i = 0; i < plain.length; i++) {
            assertThat(varied[i]).isEqualTo(1 - plain[i], within(1e-6f));
        }
    }

    @Test
    void tellsWhyALineCannotBeRead() {
        Path none = Path.of("none.png");
        LineReader reader = LineReader.plain(HEIGHT);

        assertThatThrownBy(
                        () -> reader.read(new LineSample("a", "A", h -> ImageFiles.read(none, h))))
                .isInstanceOfSatisfying(
                        UnreadableSampleException.class,
                        e -> assertThat(e.reason()).isEqualTo("image file missing"))
                .hasMessageContaining("none.png");
        assertThatThrownBy(
                        () ->
                                reader.read(
                                        new LineSample(
                                                "a",
                                                "A",
                                                h -> {
                                                    throw new IOException("the disk is gone");
                                                })))
                .isInstanceOfSatisfying(
                        UnreadableSampleException.class,
                        e -> assertThat(e.reason()).isEqualTo("unreadable image"))
                .hasMessageContaining("the disk is gone");
    }

    private static float[] plain(LineReader reader, LineSample sample) throws Exception {
        FeatureSource source = reader.read(sample).features();
        float[] first = source.plain();
        assertThat(source.plain()).isEqualTo(first);
        return first;
    }

    private static LineAugmentation none() {
        return (line, random) -> line;
    }

    /** A bar on paper, with a soft edge. */
    private GreyImage picture() {
        reads.incrementAndGet();
        byte[] pixels = new byte[24 * HEIGHT];
        Arrays.fill(pixels, (byte) 230);
        for (int y = 2; y < HEIGHT; y++) {
            pixels[y * 24 + 9] = (byte) 120;
            pixels[y * 24 + 10] = 20;
        }
        return new GreyImage(pixels, 24, HEIGHT);
    }
}
