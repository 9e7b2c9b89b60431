package io.github.djlctc.examples.htr.train;

import io.github.djlctc.examples.common.ErrorText;
import io.github.djlctc.examples.common.image.ImageFormatException;
import io.github.djlctc.examples.common.train.FeatureSource;
import io.github.djlctc.examples.common.train.MemoryBudget;
import io.github.djlctc.examples.common.train.ReadSample;
import io.github.djlctc.examples.common.train.SampleReader;
import io.github.djlctc.examples.common.train.UnreadableSampleException;
import io.github.djlctc.examples.htr.augment.LineAugmentation;
import io.github.djlctc.examples.htr.corpus.LineSample;
import io.github.djlctc.examples.htr.image.LineImage;
import io.github.djlctc.examples.htr.model.Columns;

import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;

/** Reads lines, and brings them to the height of the model. */
public final class LineReader implements SampleReader<LineSample> {

    private final int height;
    private final LineAugmentation augmentation;
    private final LineCache cache;

    /**
     * Creates a reader.
     *
     * @param height the height of the model that is to be given the lines
     * @param augmentation how training lines are varied
     * @param cache keeps what was read
     */
    public LineReader(int height, LineAugmentation augmentation, LineCache cache) {
        this.height = height;
        this.augmentation = augmentation;
        this.cache = cache;
    }

    /**
     * Creates a reader that varies and keeps nothing, for lines that are read once or twice.
     *
     * @param height the height of the model that is to be given the lines
     * @return the reader
     */
    public static LineReader plain(int height) {
        return new LineReader(
                height, LineAugmentation.sequence(List.of()), new LineCache(new MemoryBudget(0)));
    }

    @Override
    public ReadSample read(LineSample sample) throws UnreadableSampleException {
        try {
            LineImage line = sample.load(height);
            return new ReadSample(line.width(), line.ink(), new Features(cache.keep(line, sample)));
        } catch (ImageFormatException e) {
            throw new UnreadableSampleException(e.reason(), e.getMessage());
        } catch (IOException e) {
            throw new UnreadableSampleException("unreadable image", ErrorText.of(e));
        }
    }

    private final class Features implements FeatureSource {

        private final LineCache.Source source;

        Features(LineCache.Source source) {
            this.source = source;
        }

        @Override
        public float[] plain() throws IOException {
            return Columns.of(source.get());
        }

        @Override
        public float[] varied(RandomGenerator random) throws IOException {
            return Columns.of(augmentation.apply(source.get(), random));
        }
    }
}
