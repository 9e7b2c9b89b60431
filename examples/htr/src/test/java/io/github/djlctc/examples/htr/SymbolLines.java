package io.github.djlctc.examples.htr;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import javax.imageio.ImageIO;

/** Images of lines that a tiny model learns to read in seconds: bars and boxes. */
final class SymbolLines {

    private static final int HEIGHT = 24;
    private static final int ADVANCE = 20;
    private static final String SYMBOLS = "I-O";

    private SymbolLines() {}

    /** Returns a line of the symbols {@code I}, {@code -} and {@code O}, and of spaces. */
    static BufferedImage draw(String text) {
        BufferedImage image =
                new BufferedImage(ADVANCE * text.length(), HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), HEIGHT);
        graphics.setColor(Color.BLACK);
        for (int i = 0; i < text.length(); i++) {
            int left = i * ADVANCE;
            switch (text.charAt(i)) {
                case 'I' -> graphics.fillRect(left + 8, 3, 4, 18);
                case '-' -> graphics.fillRect(left + 3, 11, 14, 3);
                case 'O' -> graphics.drawRect(left + 4, 5, 12, 14);
                case ' ' -> {}
                default -> throw new IllegalArgumentException(text);
            }
        }
        graphics.dispose();
        return image;
    }

    static Path write(String text, Path file) throws IOException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        String extension = name.substring(name.lastIndexOf('.') + 1);
        String format = extension.equals("tif") ? "tiff" : extension;
        if (!ImageIO.write(draw(text), format, file.toFile())) {
            throw new IOException("no writer for " + file);
        }
        return file;
    }

    /** Writes images and their manifest. */
    static Path writeManifest(Path folder, String part, int lines, long seed) throws IOException {
        Random random = new Random(seed);
        List<String> manifest = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = 1 + random.nextInt(4); length > 0; length--) {
                text.append(SYMBOLS.charAt(random.nextInt(SYMBOLS.length())));
            }
            String image = part + "-" + i + ".png";
            write(text.toString(), folder.resolve(image));
            manifest.add("{\"image\": \"" + image + "\", \"text\": \"" + text + "\"}");
        }
        return Files.write(folder.resolve(part + ".jsonl"), manifest);
    }
}
