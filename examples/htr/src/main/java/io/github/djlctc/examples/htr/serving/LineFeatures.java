package io.github.djlctc.examples.htr.serving;

import ai.djl.modality.cv.Image;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.examples.common.image.GreyImage;
import io.github.djlctc.examples.common.image.ImageFiles;
import io.github.djlctc.examples.common.serving.SampleFeatures;
import io.github.djlctc.examples.htr.image.LineImage;
import io.github.djlctc.examples.htr.model.Columns;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

/** The columns of lines, as the model was trained on. */
final class LineFeatures implements SampleFeatures<Image> {

    private static final Path REQUEST = Path.of("request");
    private static final Path SAMPLE = Path.of("image");

    private final int height;

    LineFeatures(int height) {
        this.height = height;
    }

    @Override
    public NDArray ofFile(NDManager manager, Path file) throws IOException {
        return columns(manager, ImageFiles.read(file, height), file);
    }

    @Override
    public NDArray ofContent(NDManager manager, byte[] content) throws IOException {
        return columns(manager, ImageFiles.read(content, REQUEST, height), REQUEST);
    }

    @Override
    public NDArray ofSample(NDManager manager, Image sample) throws IOException {
        if (!(sample.getWrappedImage() instanceof BufferedImage picture)) {
            throw new IllegalArgumentException(
                    "an image of BufferedImageFactory is needed, but it is a "
                            + sample.getClass().getName());
        }
        return columns(manager, ImageFiles.of(picture, SAMPLE, height), SAMPLE);
    }

    private NDArray columns(NDManager manager, GreyImage picture, Path name) throws IOException {
        LineImage line = LineImage.of(picture, height, name.toString());
        return manager.create(Columns.of(line), new Shape(line.width(), height));
    }
}
