package io.github.djlctc.examples.common.image;

import io.github.djlctc.examples.common.image.ImageFormatException.Problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ImageFilesTest {

    private static final int WIDTH = 96;
    private static final int HEIGHT = 32;

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "png,  " + BufferedImage.TYPE_BYTE_GRAY + ",   0",
        "png,  " + BufferedImage.TYPE_USHORT_GRAY + ", 0",
        "png,  " + BufferedImage.TYPE_INT_RGB + ",     0",
        "png,  " + BufferedImage.TYPE_INT_ARGB + ",    0",
        "png,  " + BufferedImage.TYPE_BYTE_INDEXED + ",16",
        "tiff, " + BufferedImage.TYPE_BYTE_GRAY + ",   0",
        "tiff, " + BufferedImage.TYPE_USHORT_GRAY + ", 0",
        "tiff, " + BufferedImage.TYPE_INT_RGB + ",     0",
        "jpeg, " + BufferedImage.TYPE_BYTE_GRAY + ",  30",
        "jpeg, " + BufferedImage.TYPE_INT_RGB + ",    30",
        "bmp,  " + BufferedImage.TYPE_BYTE_GRAY + ",   0",
        "bmp,  " + BufferedImage.TYPE_INT_RGB + ",     0",
        "gif,  " + BufferedImage.TYPE_BYTE_GRAY + ",   0",
        "gif,  " + BufferedImage.TYPE_BYTE_INDEXED + ",16",
    })
    void readsTheShades(String format, int type, int tolerance) throws IOException {
        BufferedImage picture = Pictures.ofType(type, WIDTH, HEIGHT);
        Path file = Pictures.write(picture, format, folder.resolve("a." + format));

        assertBars(ImageFiles.read(file, HEIGHT), tolerance);
    }

    @Test
    void readsWebP() throws IOException {
        Path lossless = Files.write(folder.resolve("lossless.webp"), Pictures.webP());
        Path lossy = Files.write(folder.resolve("lossy.webp"), Pictures.lossyWebP());

        assertBars(ImageFiles.read(lossless, HEIGHT), 0);
        assertBars(ImageFiles.read(lossy, HEIGHT), 40);
        assertThat(ImageFiles.width(lossy)).isEqualTo(WIDTH);
    }

    @Test
    void readsContentAndPicturesAsItReadsFiles() throws IOException {
        // So high that only every third pixel of every third row is read.
        BufferedImage picture = Pictures.ofType(BufferedImage.TYPE_INT_RGB, WIDTH, 12 * 8 + 5);
        Path file = Pictures.write(picture, "png", folder.resolve("a.png"));
        GreyImage expected = ImageFiles.read(file, 8);
        assertThat(expected.height()).isLessThan(picture.getHeight());

        GreyImage ofContent = ImageFiles.read(Files.readAllBytes(file), Path.of("sent"), 8);
        GreyImage ofPicture = ImageFiles.of(picture, Path.of("picture"), 8);

        assertThat(List.of(ofContent, ofPicture))
                .allSatisfy(
                        image -> {
                            assertThat(image.width()).isEqualTo(expected.width());
                            assertThat(image.height()).isEqualTo(expected.height());
                            assertThat(image.pixels()).isEqualTo(expected.pixels());
                        });
        assertThatThrownBy(() -> ImageFiles.read(new byte[0], Path.of("sent"), 8))
                .hasMessage("sent: image empty: it has 0 bytes");
        assertThatThrownBy(() -> ImageFiles.read(new byte[] {1, 2}, Path.of("sent"), 8))
                .hasMessageStartingWith("sent: not a supported image: it is none of");
        assertThatThrownBy(
                        () ->
                                ImageFiles.of(
                                        Pictures.ofType(BufferedImage.TYPE_INT_RGB, 201, 1),
                                        Path.of("picture"),
                                        8))
                .hasMessageStartingWith("picture: image too wide for its height");
    }

    @Test
    void readsTransparentGif() throws IOException {
        BufferedImage picture = new BufferedImage(40, 20, BufferedImage.TYPE_INT_ARGB);
        picture.setRGB(7, 5, 0xFF000000);
        Path file = Pictures.write(picture, "gif", folder.resolve("a.gif"));

        byte[] pixels = ImageFiles.read(file, 20).pixels();

        assertThat(pixels[5 * 40 + 7]).isZero();
        assertThat(pixels[0]).isEqualTo((byte) 255);
    }

    private static void assertBars(GreyImage image, int tolerance) {
        assertThat(image.width()).isEqualTo(WIDTH);
        assertThat(image.height()).isEqualTo(HEIGHT);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            boolean ink = Pictures.isInk(i % WIDTH, i / WIDTH, HEIGHT);
            int shade = image.pixels()[i] & 0xFF;
            assertThat(Math.abs(shade - (ink ? Pictures.INK : Pictures.PAPER)))
                    .isLessThanOrEqualTo(tolerance);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "tiff"})
    void readsBlackAndWhite(String format) throws IOException {
        BufferedImage picture = Pictures.ofType(BufferedImage.TYPE_BYTE_BINARY, WIDTH, HEIGHT);
        Path file = Pictures.write(picture, format, folder.resolve("a." + format));

        byte[] pixels = ImageFiles.read(file, HEIGHT).pixels();

        for (int i = 0; i < pixels.length; i++) {
            boolean ink = Pictures.isInk(i % WIDTH, i / WIDTH, HEIGHT);
            assertThat(pixels[i]).isEqualTo((byte) (ink ? 0 : 255));
        }
    }

    @Test
    void laysTransparencyOnWhite() throws IOException {
        BufferedImage picture = new BufferedImage(40, 20, BufferedImage.TYPE_INT_ARGB);
        picture.setRGB(7, 5, 0xFF000000);
        Path file = Pictures.write(picture, "png", folder.resolve("a.png"));

        byte[] pixels = ImageFiles.read(file, 20).pixels();

        assertThat(pixels[5 * 40 + 7]).isZero();
        assertThat(pixels[0]).isEqualTo((byte) 255);
    }

    @Test
    void readsLargePicturesWithGaps() throws IOException {
        BufferedImage picture = Pictures.ofType(BufferedImage.TYPE_BYTE_GRAY, 900, 600);
        Path file = Pictures.write(picture, "png", folder.resolve("a.png"));

        assertThat(ImageFiles.read(file, 32).height()).isEqualTo(150);
        assertThat(ImageFiles.read(file, 32).width()).isEqualTo(225);
        assertThat(ImageFiles.read(file, 100).height()).isEqualTo(600);
    }

    @ParameterizedTest
    @CsvSource({
        "100000, 100000, TOO_LARGE, 100000 x 100000 pixels",
        "2147483647, 2147483647, TOO_LARGE, cut it into lines",
        "201000, 1000, TOO_LARGE, more than 40 million",
        "20001, 100, TOO_WIDE, 20001 x 100 pixels",
    })
    void refusesHugeHeadersBeforeReading(int width, int height, Problem problem, String detail)
            throws IOException {
        Path file = Pictures.writePngHeader(width, height, folder.resolve("a.png"));

        assertProblem(file, problem, detail);
        assertThatThrownBy(() -> ImageFiles.checkHeader(file))
                .isInstanceOf(ImageFormatException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 32", "32, 0", "-1, 32", "0, 0"})
    void refusesImagesWithoutPixels(int width, int height) throws IOException {
        Path file = Pictures.writePngHeader(width, height, folder.resolve("a.png"));

        ImageFormatException e =
                catchThrowableOfType(
                        ImageFormatException.class, () -> ImageFiles.checkHeader(file));

        assertThat(e.problem()).isIn(Problem.EMPTY, Problem.CORRUPT);
        assertThat(e).hasMessageContaining(file.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "tiff", "bmp", "gif", "webp"})
    void refusesTruncatedFiles(String format) throws IOException {
        BufferedImage picture = Pictures.ofType(BufferedImage.TYPE_BYTE_GRAY, 400, 100);
        Path file = folder.resolve("a." + format);
        byte[] bytes =
                format.equals("webp") ? Pictures.lossyWebP() : Pictures.bytes(picture, format);

        for (double part : new double[] {0.3, 0.6, 0.9}) {
            Files.write(file, Arrays.copyOf(bytes, (int) (part * bytes.length)));
            ImageFormatException e =
                    catchThrowableOfType(
                            ImageFormatException.class, () -> ImageFiles.read(file, 32));
            assertThat(e).as(format + " " + part).isNotNull();
            assertThat(e.problem()).isIn(Problem.TRUNCATED, Problem.CORRUPT);
        }
    }

    @Test
    void refusesWhatIsNoImage() throws IOException {
        assertProblem(folder.resolve("none.png"), Problem.MISSING, "there is no such file");
        assertProblem(folder, Problem.MISSING, "not a regular file");
        Path empty = Files.createFile(folder.resolve("empty.png"));
        assertProblem(empty, Problem.EMPTY, "0 bytes");
        Path text = Files.writeString(folder.resolve("text.png"), "not an image at all");
        assertProblem(
                text,
                Problem.UNSUPPORTED,
                "it is none of PNG, JPEG, TIFF, WebP, BMP or GIF; convert it");
    }

    /** From which version on the JDK reads them differs. */
    @Test
    void readsPrintersColoursOrNamesThem() throws IOException {
        Path file = folder.resolve("cmyk.jpg");
        WritableRaster raster =
                Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 40, 20, 4, null);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.write(new IIOImage(raster, null, null));
        } finally {
            writer.dispose();
        }

        try {
            assertThat(ImageFiles.read(file, 20).width()).isEqualTo(40);
        } catch (ImageFormatException e) {
            assertThat(e.problem()).isEqualTo(Problem.UNSUPPORTED);
            assertThat(e).hasMessageContaining("convert it to grey or RGB");
        }
    }

    @Test
    void refusesFloatingPointSamples() throws IOException {
        ComponentColorModel model =
                new ComponentColorModel(
                        ColorSpace.getInstance(ColorSpace.CS_GRAY),
                        false,
                        false,
                        BufferedImage.OPAQUE,
                        DataBuffer.TYPE_FLOAT);
        WritableRaster raster = model.createCompatibleWritableRaster(40, 20);
        BufferedImage picture = new BufferedImage(model, raster, false, null);
        Path file = Pictures.write(picture, "tiff", folder.resolve("a.tiff"));

        assertProblem(file, Problem.UNSUPPORTED, "convert it to 8 or 16 bits");
    }

    @Test
    void readsColoursAsTheyAre() throws IOException {
        BufferedImage picture = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
        picture.setRGB(0, 0, 0xFF102030);
        picture.setRGB(1, 0, 0xFFFF0080);
        picture.setRGB(2, 0, 0x00000000);
        Path file = Pictures.write(picture, "png", folder.resolve("a.png"));

        ColorImage image = ImageFiles.readColor(file, 8);

        assertThat(image.red().pixels()).containsExactly(0x10, 0xFF, 0xFF);
        assertThat(image.green().pixels()).containsExactly(0x20, 0x00, 0xFF);
        assertThat(image.blue().pixels()).containsExactly(0x30, 0x80, 0xFF);
    }

    @Test
    void readsGreyAsThreeEqualColours() throws IOException {
        BufferedImage bars = Pictures.ofType(BufferedImage.TYPE_BYTE_GRAY, WIDTH, HEIGHT);
        Path file = Pictures.write(bars, "png", folder.resolve("a.png"));

        ColorImage image = ImageFiles.readColor(file, HEIGHT);

        assertBars(image.red(), 0);
        assertThat(image.green()).isSameAs(image.red());
        assertThat(image.blue()).isSameAs(image.red());
    }

    private static void assertProblem(Path file, Problem problem, String detail) {
        ImageFormatException e =
                catchThrowableOfType(ImageFormatException.class, () -> ImageFiles.read(file, 32));
        assertThat(e.problem()).isEqualTo(problem);
        assertThat(e.detail()).contains(detail);
        assertThat(e).hasMessage(file + ": " + problem + ": " + e.detail());
    }
}
