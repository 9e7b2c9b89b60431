package io.github.djlctc.examples.ocr;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

import javax.imageio.ImageIO;

/** Images of printed lines, in WenQuanYi Zen Hei. */
final class PrintedLines {

    private static final int HEIGHT = 48;
    private static final float FONT_SIZE = 30;
    private static final int MARGIN = 8;
    private static final int SHRUNK_HEIGHT = 16;
    private static final double NOISE = 50;

    private static final Font FONT = font();

    private PrintedLines() {}

    private static Font font() {
        try (InputStream in =
                PrintedLines.class.getResourceAsStream("/fonts/WenQuanZhengHei.ttf")) {
            return Font.createFont(Font.TRUETYPE_FONT, in).deriveFont(FONT_SIZE);
        } catch (IOException | FontFormatException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Draws a text, black on white, 48 pixels high. */
    static BufferedImage clean(String text) {
        BufferedImage any = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
        FontMetrics metrics = any.createGraphics().getFontMetrics(FONT);
        int width = metrics.stringWidth(text) + 2 * MARGIN;
        BufferedImage line = new BufferedImage(width, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = line.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, HEIGHT);
        graphics.setColor(Color.BLACK);
        graphics.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(FONT);
        int baseline = (HEIGHT - metrics.getHeight()) / 2 + metrics.getAscent();
        graphics.drawString(text, MARGIN, baseline);
        graphics.dispose();
        return line;
    }

    /**
     * Draws a text, shrinks it to 16 pixels and adds noise to each: normal, with a standard
     * deviation of 50 of the 255 shades.
     */
    static BufferedImage noisy(String text, SplittableRandom random) {
        BufferedImage large = clean(text);
        int width = large.getWidth() * SHRUNK_HEIGHT / HEIGHT;
        BufferedImage small = new BufferedImage(width, SHRUNK_HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
        Image shrunk = large.getScaledInstance(width, SHRUNK_HEIGHT, Image.SCALE_AREA_AVERAGING);
        small.createGraphics().drawImage(shrunk, 0, 0, null);
        for (int y = 0; y < SHRUNK_HEIGHT; y++) {
            for (int x = 0; x < width; x++) {
                double shade = small.getRaster().getSample(x, y, 0) + NOISE * random.nextGaussian();
                small.getRaster()
                        .setSample(x, y, 0, (int) Math.round(Math.max(0, Math.min(255, shade))));
            }
        }
        return small;
    }

    /** Writes clean lines into a folder, in the order of their names. */
    static Path writeClean(List<String> texts, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < texts.size(); i++) {
            write(clean(texts.get(i)), file(folder, i));
        }
        return folder;
    }

    /** Writes noisy lines into a folder, in the order of their names. */
    static Path writeNoisy(List<String> texts, Path folder) throws IOException {
        Files.createDirectories(folder);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < texts.size(); i++) {
            write(noisy(texts.get(i), random), file(folder, i));
        }
        return folder;
    }

    private static Path file(Path folder, int index) {
        return folder.resolve("line-%03d.png".formatted(index));
    }

    static Path write(BufferedImage image, Path file) throws IOException {
        ImageIO.write(image, "png", file.toFile());
        return file;
    }
}
