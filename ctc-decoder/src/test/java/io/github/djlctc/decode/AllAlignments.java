package io.github.djlctc.decode;

import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.Whitespace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * CTC by definition: enumerates every class for every frame.
 *
 * <p>Separators at the start, at the end and next to each other are left out of the tokens, as
 * decoders leave them out, but cost a factor where the alphabet has a word delimiter.
 */
final class AllAlignments {

    /** A token and its frames on an alignment. */
    record Span(int id, int start, int end, double peak) {}

    /** The likeliest alignment of some tokens. */
    record Best(double probability, List<Span> spans) {}

    private final Alphabet alphabet;
    private final double emptyWordFactor;
    private final double[][] probabilities;

    /** The probability of each text. */
    final Map<String, Double> texts = new HashMap<>();

    /** The best alignment of each sequence of tokens. */
    final Map<List<Integer>, Best> best = new HashMap<>();

    AllAlignments(Alphabet alphabet, float[] emissions, double emptyWordScore) {
        this.alphabet = alphabet;
        emptyWordFactor = alphabet.wordDelimiter().isPresent() ? Math.exp(emptyWordScore) : 1;
        int classes = alphabet.size();
        probabilities = new double[emissions.length / classes][];
        for (int frame = 0; frame < probabilities.length; frame++) {
            probabilities[frame] = softmax(emissions, frame * classes, classes);
        }
        visit(new int[probabilities.length], 0, 1);
    }

    private static double[] softmax(float[] emissions, int from, int classes) {
        double[] result = new double[classes];
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            result[i] = Math.exp(emissions[from + i]);
            sum += result[i];
        }
        for (int i = 0; i < classes; i++) {
            result[i] /= sum;
        }
        return result;
    }

    private void visit(int[] path, int frame, double probability) {
        if (frame == path.length) {
            add(path, probability * Math.pow(emptyWordFactor, emptyWords(path)));
            return;
        }
        for (int id = 0; id < alphabet.size(); id++) {
            if (id == alphabet.blank() || !alphabet.text(id).isEmpty()) {
                path[frame] = id;
                visit(path, frame + 1, probability * probabilities[frame][id]);
            }
        }
    }

    private void add(int[] path, double probability) {
        List<Span> spans = spans(path);
        List<Integer> ids = spans.stream().map(Span::id).toList();
        String text = alphabet.decode(ids.stream().mapToInt(i -> i).toArray());
        texts.merge(text, probability, Double::sum);
        Best other = best.get(ids);
        if (other == null || probability > other.probability) {
            best.put(ids, new Best(probability, spans));
        }
    }

    /** Returns the number of separators that no word is before, but another or nothing. */
    private int emptyWords(int[] path) {
        int count = 0;
        boolean afterWord = false;
        for (int frame = 0; frame < path.length; frame++) {
            boolean goesOn = frame > 0 && isSeparator(path[frame - 1]);
            if (isSeparator(path[frame])) {
                count += afterWord || goesOn ? 0 : 1;
                afterWord = false;
            } else if (path[frame] != alphabet.blank()) {
                afterWord = true;
            }
        }
        return count;
    }

    private List<Span> spans(int[] path) {
        List<Span> spans = new ArrayList<>();
        int last = alphabet.blank();
        for (int frame = 0; frame < path.length; frame++) {
            int id = path[frame];
            double p = probabilities[frame][id];
            int end = spans.size() - 1;
            boolean separator = isSeparator(id);
            if (id == alphabet.blank()) {
                last = id;
                continue;
            }
            boolean joins = id == last || (separator && end >= 0 && isSeparator(spans.get(end).id));
            if (joins && end >= 0 && spans.get(end).id == id) {
                Span span = spans.get(end);
                spans.set(end, new Span(id, span.start, frame + 1, Math.max(span.peak, p)));
            } else if (!separator || (end >= 0 && !endsWord(spans.get(end).id))) {
                spans.add(new Span(id, frame, frame + 1, p));
            }
            last = id;
        }
        if (!spans.isEmpty() && isSeparator(spans.get(spans.size() - 1).id)) {
            spans.remove(spans.size() - 1);
        }
        return spans;
    }

    private boolean isSeparator(int id) {
        String text = alphabet.text(id);
        return !text.isEmpty() && Whitespace.collapse(text).isEmpty();
    }

    /**
     * Returns the number of tokens that are only separators of words. With two or more, a decoder
     * may take one for the other, which the alignments here do not.
     */
    long separators() {
        return IntStream.range(0, alphabet.size()).filter(this::isSeparator).count();
    }

    private boolean endsWord(int id) {
        return alphabet.text(id).endsWith(" ");
    }
}
