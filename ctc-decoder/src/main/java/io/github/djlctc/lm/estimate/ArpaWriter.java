package io.github.djlctc.lm.estimate;

import io.github.djlctc.file.AtomicOutput;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.zip.GZIPOutputStream;

/**
 * Writes ARPA files like those of lmplz, with the n-grams in the same order.
 *
 * <p>Lines are formatted by several threads, in parts that are written in order.
 */
final class ArpaWriter {

    private static final int GZIP_BUFFER_SIZE = 1 << 16;

    /** The n-grams that one thread formats at one time. */
    private static final int PART = 1 << 12;

    private final EstimatedNGrams model;
    private final OutputStream out;
    private final Workers workers;
    private final StepProgress progress;
    private final Deque<Workers.Work<Part>> formatting = new ArrayDeque<>();

    private ArpaWriter(EstimatedNGrams model, OutputStream out, Workers workers) {
        this.model = model;
        this.out = out;
        this.workers = workers;
        progress = model.writingProgress();
    }

    static void write(EstimatedNGrams model, Path file) throws IOException {
        try (AtomicOutput out = AtomicOutput.create(file);
                OutputStream text =
                        file.toString().endsWith(".gz")
                                ? new GZIPOutputStream(out, GZIP_BUFFER_SIZE)
                                : out;
                Workers workers = new Workers()) {
            new ArpaWriter(model, text, workers).write();
            if (text instanceof GZIPOutputStream gzip) {
                gzip.finish();
            }
            out.finish();
        }
    }

    private void write() throws IOException {
        StringBuilder head = new StringBuilder("\\data\\\n");
        for (int n = 1; n <= model.order(); n++) {
            head.append("ngram ").append(n).append('=').append(model.count(n)).append('\n');
        }
        write(head.toString());
        for (int n = 1; n <= model.order(); n++) {
            write("\n\\" + n + "-grams:\n");
            writeOrder(n);
        }
        write("\n\\end\\\n");
        progress.end();
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private void writeOrder(int n) throws IOException {
        Records records = model.records(n);
        RecordSource source = records.read();
        long[] record = new long[records.width()];
        int most = PART * record.length;
        boolean more = source.next(record);
        while (more) {
            long[] part = new long[(int) Math.min(records.size() * record.length, most)];
            int size = 0;
            while (more && size < part.length) {
                RecordCopy.copy(record, 0, part, size, record.length);
                size += record.length;
                progress.count();
                more = source.next(record);
            }
            int end = size;
            formatting.add(workers.start(() -> format(n, part, end)));
            if (formatting.size() > 2 * workers.threads()) {
                writeFirst();
            }
        }
        while (!formatting.isEmpty()) {
            writeFirst();
        }
    }

    private void writeFirst() throws IOException {
        Part first = formatting.remove().await();
        out.write(first.text, 0, first.size);
    }

    private Part format(int n, long[] ngrams, int end) {
        Part part = new Part();
        int width = model.records(n).width();
        for (int at = 0; at < end; at += width) {
            part.add(n, ngrams, at, width);
        }
        return part;
    }

    /** Lines of the file. */
    private final class Part {

        private byte[] text = new byte[PART * 32];
        private int size;

        void add(int n, long[] ngrams, int at, int width) {
            long pair = ngrams[at + width - 1];
            addNumber(FloatPair.first(pair));
            addWords(n, ngrams, at);
            if (n < model.order()) {
                text[size++] = '\t';
                addNumber(FloatPair.second(pair));
            }
            text[size++] = '\n';
        }

        private void addNumber(float number) {
            reserve(2 * DecimalText.MAX_LENGTH);
            size = DecimalText.write(EstimatedNGrams.log10(number), text, size);
        }

        private void addWords(int n, long[] ngrams, int at) {
            Vocabulary vocabulary = model.vocabulary();
            NGramPacking packing = model.packing();
            byte separator = '\t';
            for (int i = n - 1; i >= 0; i--) {
                int word = packing.word(ngrams, at, i);
                reserve(vocabulary.length(word) + 2 * DecimalText.MAX_LENGTH);
                text[size++] = separator;
                size = vocabulary.copy(word, text, size);
                separator = ' ';
            }
        }

        private void reserve(int more) {
            if (size + more > text.length) {
                text = Arrays.copyOf(text, Math.max(size + more, 2 * text.length));
            }
        }
    }
}
