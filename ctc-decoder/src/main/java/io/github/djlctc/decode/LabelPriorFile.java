package io.github.djlctc.decode;

import io.github.djlctc.file.AtomicFile;
import io.github.djlctc.file.InputFile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text form of a label prior. */
final class LabelPriorFile {

    /** Far above any vocabulary; a larger file was named by mistake. */
    private static final int MAX_BYTES = 64 << 20;

    private static final int VERSION = 1;
    private static final String MAGIC = "label-prior";
    private static final String WRITE_AGAIN = "write the file again";

    private static final Pattern HEADER =
            Pattern.compile(
                    MAGIC
                            + "\tversion (\\d{1,9})\tclasses (\\d{1,9})\tblank (\\d{1,9})"
                            + "\tframes (\\d{1,18})");

    /** How far probabilities may be from a sum of 1, for files that another program rounded. */
    private static final double TOLERANCE = 1e-3;

    private final Path file;

    private LabelPriorFile(Path file) {
        this.file = file;
    }

    /** Returns the line of a class, from 1. */
    static int line(int id) {
        return id + 2;
    }

    static void write(LabelPrior prior, Path file) throws IOException {
        List<String> tokens = prior.tokens();
        CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
        StringBuilder text = new StringBuilder(MAGIC + "\tversion " + VERSION);
        text.append("\tclasses ").append(tokens.size());
        text.append("\tblank ").append(prior.blank());
        text.append("\tframes ").append(prior.frames()).append('\n');
        for (int id = 0; id < tokens.size(); id++) {
            String token = tokens.get(id);
            if (token.indexOf('\n') >= 0 || !encoder.canEncode(token)) {
                throw new LabelPriorFormatException(
                        file,
                        "token "
                                + id
                                + " has a line break or half a surrogate pair, which cannot be"
                                + " written; rename it");
            }
            text.append(token).append('\t').append(prior.logProbability(id)).append('\n');
        }
        AtomicFile.writeString(file, text.toString());
    }

    static LabelPrior read(Path file) throws IOException {
        return new LabelPriorFile(file).read();
    }

    private LabelPrior read() throws IOException {
        String text = text();
        if (text.isEmpty()) {
            throw wrong("it is empty");
        }
        if (!text.endsWith("\n")) {
            throw wrong("the last line has no end, so the file was cut short");
        }
        // Tokens may hold any other character that ends lines elsewhere.
        String[] lines = text.substring(0, text.length() - 1).split("\r?\n", -1);
        Matcher header = HEADER.matcher(lines[0]);
        if (!header.matches()) {
            throw lines[0].startsWith(MAGIC)
                    ? wrong(
                            1,
                            "version, classes, blank and frames must be numbers, set apart by tabs")
                    : wrong(1, "this is no label prior: the line must begin with \"label-prior\"");
        }
        int version = Integer.parseInt(header.group(1));
        int classes = Integer.parseInt(header.group(2));
        int blank = Integer.parseInt(header.group(3));
        long frames = Long.parseLong(header.group(4));
        if (version != VERSION) {
            throw wrong(1, "version " + version + " is unknown; version " + VERSION + " is read");
        }
        if (classes != lines.length - 1) {
            throw wrong(
                    1,
                    "there should be "
                            + classes
                            + " classes, but "
                            + (lines.length - 1)
                            + " follow");
        }
        if (blank >= classes || frames < 1) {
            throw wrong(1, "the blank must be one of the classes, and there must be a frame");
        }
        return prior(List.of(lines).subList(1, lines.length), blank, frames);
    }

    private LabelPrior prior(List<String> lines, int blank, long frames)
            throws LabelPriorFormatException {
        List<String> tokens = new ArrayList<>();
        double[] logProbabilities = new double[lines.size()];
        for (int id = 0; id < logProbabilities.length; id++) {
            String line = lines.get(id);
            int tab = line.lastIndexOf('\t');
            if (tab < 1) {
                throw wrong(line(id), "a token, a tab and a log probability are expected");
            }
            tokens.add(line.substring(0, tab));
            logProbabilities[id] = logProbability(line(id), line.substring(tab + 1));
        }
        double sum = Arrays.stream(logProbabilities).map(Math::exp).sum();
        if (!(Math.abs(sum - 1) < TOLERANCE)) {
            throw wrong("the probabilities must add up to 1, but add up to " + sum);
        }
        return new LabelPrior(tokens, blank, frames, logProbabilities);
    }

    private double logProbability(int line, String text) throws LabelPriorFormatException {
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw wrong(line, "\"" + text + "\" is no number");
        }
        if (!(value <= 0 && value > Double.NEGATIVE_INFINITY)) {
            throw wrong(line, "a log probability must be finite and not above 0, but is " + text);
        }
        return value;
    }

    private String text() throws IOException {
        byte[] bytes;
        try (InputStream stream = InputFile.open(file)) {
            bytes = stream.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw wrong("it is larger than 64 MiB, so it is no label prior");
        }
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw wrong("it is not UTF-8");
        }
    }

    private LabelPriorFormatException wrong(String problem) {
        return new LabelPriorFormatException(file, problem + "; " + WRITE_AGAIN);
    }

    private LabelPriorFormatException wrong(int line, String problem) {
        return new LabelPriorFormatException(file, line, problem + "; " + WRITE_AGAIN);
    }
}
