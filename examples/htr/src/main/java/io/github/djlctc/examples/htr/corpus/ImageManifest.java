package io.github.djlctc.examples.htr.corpus;

import io.github.djlctc.examples.common.data.JsonLine;
import io.github.djlctc.examples.common.data.JsonLineException;
import io.github.djlctc.examples.common.data.SampleManifest;
import io.github.djlctc.examples.common.image.ImageFiles;
import io.github.djlctc.examples.common.image.ImageFormatException;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Lines that JSON lines list, one object a line: {@code {"image": "a.png", "text": "..."}}. The
 * path is absolute or relative to the manifest. The id of a line is the path without links,
 * whatever its spelling.
 */
public final class ImageManifest extends SampleManifest<LineSample> {

    private static final String EXAMPLE = "{\"image\": \"a.png\", \"text\": \"the gentle player\"}";

    /**
     * Creates the manifest.
     *
     * @param file the JSON lines
     */
    public ImageManifest(Path file) {
        super(file, "image", EXAMPLE);
    }

    @Override
    protected LineParser<LineSample> open() {
        return this::sample;
    }

    private LineSample sample(JsonLine line) throws JsonLineException {
        Path image = resolve(line, "image");
        String text = line.string("text");
        try {
            ImageFiles.checkHeader(image);
            String id = image.toRealPath().toString();
            return new LineSample(id, text, height -> ImageFiles.read(image, height));
        } catch (ImageFormatException e) {
            throw line.error(e.reason(), image + ": " + e.detail());
        } catch (IOException e) {
            throw line.error("image file unreadable", e.toString());
        }
    }
}
