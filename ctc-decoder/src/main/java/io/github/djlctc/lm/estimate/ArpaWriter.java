package io.github.djlctc.lm.estimate;

import io.github.djlctc.file.AtomicFile;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;

/** Writes ARPA files like those of lmplz, with the n-grams in the same order. */
final class ArpaWriter {

    private static final int GZIP_BUFFER_SIZE = 1 << 16;

    private final EstimatedNGrams model;
    private final Writer out;

    private ArpaWriter(EstimatedNGrams model, Writer out) {
        this.model = model;
        this.out = out;
    }

    static void write(EstimatedNGrams model, Path file) throws IOException {
        Path partial = AtomicFile.partial(file);
        try {
            try (OutputStream stream =
                            Files.newOutputStream(partial, StandardOpenOption.CREATE_NEW);
                    OutputStream bytes =
                            file.toString().endsWith(".gz")
                                    ? new GZIPOutputStream(stream, GZIP_BUFFER_SIZE)
                                    : stream;
                    Writer out =
                            new BufferedWriter(
                                    new OutputStreamWriter(bytes, StandardCharsets.UTF_8))) {
                new ArpaWriter(model, out).write();
            }
            AtomicFile.replace(partial, file);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private void write() throws IOException {
        out.write("\\data\\\n");
        for (int n = 1; n <= model.order(); n++) {
            out.write("ngram " + n + "=" + model.count(n) + "\n");
        }
        for (int n = 1; n <= model.order(); n++) {
            out.write("\n\\" + n + "-grams:\n");
            EstimatedOrder order = model.estimated(n);
            for (int id : order.sequence().toArray()) {
                writeNGram(n, order, id);
            }
        }
        out.write("\n\\end\\\n");
    }

    private void writeNGram(int n, EstimatedOrder order, int id) throws IOException {
        writeNumber(order.log10Probability(id));
        char separator = '\t';
        for (String word : model.words(n, id)) {
            out.write(separator);
            out.write(word);
            separator = ' ';
        }
        if (n < model.order()) {
            out.write('\t');
            writeNumber(order.log10Backoff(id));
        }
        out.write('\n');
    }

    /** Writes a number without an exponent, which some readers do not support. */
    private void writeNumber(float number) throws IOException {
        if (number == 0) {
            out.write('0');
            return;
        }
        String digits = Float.toString(number);
        out.write(digits.indexOf('E') < 0 ? digits : new BigDecimal(digits).toPlainString());
    }
}
