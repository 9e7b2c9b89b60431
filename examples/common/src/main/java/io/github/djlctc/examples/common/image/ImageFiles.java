package io.github.djlctc.examples.common.image;

import io.github.djlctc.examples.common.image.ImageFormatException.Problem;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;

import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads image files: PNG, JPEG, TIFF (its first page), WebP, BMP and GIF (its first picture), in
 * colour or grey, of 1 to 16 bits, with or without transparency (which is laid on white). Pictures
 * are turned as their files say (the orientation of Exif and TIFF).
 *
 * <p>The header is checked before any pixel is read. Of a picture that is much higher than needed,
 * only every second, third, ... pixel of every second, third, ... row is read.
 */
public final class ImageFiles {

    /** Rows read for each row of the result, at least: enough to average over. */
    private static final int OVERSAMPLING = 4;

    /** The formats in messages. */
    private static final String FORMAT_NAMES = "PNG, JPEG, TIFF, WebP, BMP or GIF";

    private static final Set<String> FORMATS =
            Set.of("png", "jpeg", "tif", "tiff", "webp", "bmp", "gif");

    private ImageFiles() {}

    /**
     * Reads the shades of a file.
     *
     * @param file the image file
     * @param neededHeight the height that the image is going to be brought to, above 0; an image of
     *     less than 8 times as many rows is read in full
     * @return its pixels
     * @throws ImageFormatException if the file is missing, empty, truncated, corrupt, too large or
     *     of another format
     * @throws IOException if reading fails
     */
    public static GreyImage read(Path file, int neededHeight) throws IOException {
        return open(
                file,
                (reader, orientation) ->
                        orientation.apply(
                                ShadeConversion.toGrey(
                                        decode(file, reader, orientation, neededHeight), file)));
    }

    /**
     * Reads the shades of a file that was sent, for example.
     *
     * @param content all bytes of the file; not kept
     * @param name what errors call it
     * @param neededHeight as for {@link #read(Path, int)}
     * @return its pixels
     * @throws ImageFormatException as for {@link #read(Path, int)}
     * @throws IOException if reading fails
     */
    public static GreyImage read(byte[] content, Path name, int neededHeight) throws IOException {
        if (content.length == 0) {
            throw empty(name);
        }
        return open(
                new ImageContent(
                        name,
                        () -> new MemoryCacheImageInputStream(new ByteArrayInputStream(content)),
                        () -> Orientation.of(new ByteArrayInputStream(content))),
                (reader, orientation) ->
                        orientation.apply(
                                ShadeConversion.toGrey(
                                        decode(name, reader, orientation, neededHeight), name)));
    }

    /**
     * Converts a picture that was read already, as {@link #read(Path, int)} does with one that
     * stands upright in its file.
     *
     * @param picture the picture
     * @param name what errors call it
     * @param neededHeight as for {@link #read(Path, int)}
     * @return its pixels
     * @throws ImageFormatException if it is too large, or too wide for its height
     */
    public static GreyImage of(BufferedImage picture, Path name, int neededHeight)
            throws ImageFormatException {
        ImageLimits.check(name.toString(), picture.getWidth(), picture.getHeight());
        GreyImage grey = ShadeConversion.toGrey(picture, name);
        return grey.everyNth(step(grey.height(), neededHeight));
    }

    /**
     * Reads the colours of a file.
     *
     * @param file the image file
     * @param neededHeight the height that the image is going to be brought to, above 0; an image of
     *     less than 8 times as many rows is read in full
     * @return its pixels
     * @throws ImageFormatException if the file is missing, empty, truncated, corrupt, too large or
     *     of another format
     * @throws IOException if reading fails
     */
    public static ColorImage readColor(Path file, int neededHeight) throws IOException {
        return open(
                file,
                (reader, orientation) ->
                        orientation.apply(
                                ShadeConversion.toColor(
                                        decode(file, reader, orientation, neededHeight), file)));
    }

    private static BufferedImage decode(
            Path file, ImageReader reader, Orientation orientation, int neededHeight)
            throws IOException {
        DecodingWarnings warnings = new DecodingWarnings();
        reader.addIIOReadWarningListener(warnings);
        int height = orientation.height(reader.getWidth(0), reader.getHeight(0));
        int step = step(height, neededHeight);
        ImageReadParam parameters = reader.getDefaultReadParam();
        parameters.setSourceSubsampling(step, step, 0, 0);
        BufferedImage image = reader.read(0, parameters);
        if (warnings.damage().isPresent()) {
            throw new ImageFormatException(
                    file.toString(), Problem.TRUNCATED, warnings.damage().get());
        }
        return image;
    }

    private static int step(int height, int neededHeight) {
        return Math.max(1, height / (OVERSAMPLING * neededHeight));
    }

    /**
     * Reads a file's header only: finds files that are missing, empty, of another format, or whose
     * pictures are too large or too wide.
     *
     * @param file the image file
     * @throws ImageFormatException if the file cannot be used
     * @throws IOException if reading fails
     */
    public static void checkHeader(Path file) throws IOException {
        open(file, (reader, orientation) -> file);
    }

    /**
     * Reads how wide the picture of a file is.
     *
     * @param file the image file
     * @return the number of columns when it is upright, above 0
     * @throws ImageFormatException if the file cannot be used
     * @throws IOException if reading fails
     */
    public static int width(Path file) throws IOException {
        return open(
                file,
                (reader, orientation) ->
                        orientation.width(reader.getWidth(0), reader.getHeight(0)));
    }

    /** Reads from a file whose header is valid. */
    @FunctionalInterface
    private interface Task<T> {
        T run(ImageReader reader, Orientation orientation) throws IOException;
    }

    /** Opens what may fail to open. */
    @FunctionalInterface
    private interface Opening<T> {
        T open() throws IOException;
    }

    /** The bytes of an image file, and what its name is in errors. */
    private record ImageContent(
            Path name, Opening<ImageInputStream> stream, Opening<Orientation> orientation) {}

    private static <T> T open(Path file, Task<T> task) throws IOException {
        checkFile(file);
        return open(
                new ImageContent(
                        file,
                        () -> new FileImageInputStream(file.toFile()),
                        () -> Orientation.of(file)),
                task);
    }

    private static <T> T open(ImageContent content, Task<T> task) throws IOException {
        Path file = content.name();
        try (ImageInputStream in = content.stream().open()) {
            ImageReader reader = reader(file, in);
            try {
                reader.setInput(in, true, true);
                Orientation orientation = content.orientation().open();
                int width = reader.getWidth(0);
                int height = reader.getHeight(0);
                ImageLimits.check(
                        file.toString(),
                        orientation.width(width, height),
                        orientation.height(width, height));
                return task.run(reader, orientation);
            } finally {
                reader.dispose();
            }
        } catch (ImageFormatException e) {
            throw e;
        } catch (IOException e) {
            throw unusable(file, e);
        } catch (RuntimeException e) {
            // The decoders throw any of these for damaged files.
            throw new ImageFormatException(
                    file.toString(), Problem.CORRUPT, "the decoder failed: " + e, e);
        }
    }

    private static void checkFile(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            String detail =
                    Files.exists(file) ? "it is not a regular file" : "there is no such file";
            throw new ImageFormatException(file.toString(), Problem.MISSING, detail);
        }
        if (Files.size(file) == 0) {
            throw empty(file);
        }
    }

    private static ImageFormatException empty(Path name) {
        return new ImageFormatException(name.toString(), Problem.EMPTY, "it has 0 bytes");
    }

    private static ImageReader reader(Path file, ImageInputStream in) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
                return reader;
            }
            reader.dispose();
        }
        throw new ImageFormatException(
                file.toString(),
                Problem.UNSUPPORTED,
                "it is none of " + FORMAT_NAMES + "; convert it");
    }

    private static ImageFormatException unusable(Path file, IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof EOFException) {
                return new ImageFormatException(
                        file.toString(), Problem.TRUNCATED, "the file ends too early", e);
            }
        }
        boolean unsupported = String.valueOf(e.getMessage()).startsWith("Unsupported");
        return unsupported
                ? new ImageFormatException(
                        file.toString(),
                        Problem.UNSUPPORTED,
                        e.getMessage() + "; convert it to grey or RGB",
                        e)
                : new ImageFormatException(file.toString(), Problem.CORRUPT, e.getMessage(), e);
    }
}
