package io.github.djlctc.examples.speech.live;

import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.decode.PartialResult;
import io.github.djlctc.emission.EmissionRows;
import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.text.Alphabet;

import java.util.Arrays;
import java.util.List;

/**
 * The likeliest class of each frame. Later frames only add to its text, so all words are stable
 * that a delimiter has ended.
 */
final class GreedyTextStream implements TextStream {

    private static final int NONE = -1;

    private final GreedyDecoder decoder;
    private int[] path = new int[256];
    private double[] logProbabilities = new double[256];
    private int frames;

    GreedyTextStream(GreedyDecoder decoder) {
        this.decoder = decoder;
    }

    @Override
    public void accept(float[] logits, int count) {
        if (frames + count > path.length) {
            path = Arrays.copyOf(path, 2 * (frames + count));
            logProbabilities = Arrays.copyOf(logProbabilities, path.length);
        }
        int classes = decoder.alphabet().size();
        for (int frame = 0; frame < count; frame++) {
            int from = frame * classes;
            int best = EmissionRows.indexOfMax(logits, from, classes);
            path[frames] = best;
            logProbabilities[frames] = EmissionRows.maxLogProbability(logits, from, classes, best);
            frames++;
        }
    }

    @Override
    public PartialResult soFar() {
        Hypothesis all = finish();
        return new PartialResult(stable(all), all.text());
    }

    /** Returns the words but the last, or all of them if the last one has ended. */
    private String stable(Hypothesis all) {
        int words = all.words().size();
        if (words == 0) {
            return "";
        }
        List<TokenSpan> tokens = all.tokens();
        boolean ended = endsWord(decoder.alphabet(), tokens.get(tokens.size() - 1));
        String text = all.text();
        if (ended) {
            return text;
        }
        String last = all.words().get(words - 1).word();
        return text.substring(0, text.length() - last.length()).stripTrailing();
    }

    private static boolean endsWord(Alphabet alphabet, TokenSpan token) {
        return alphabet.wordDelimiter().orElse(NONE) == token.id();
    }

    @Override
    public Hypothesis finish() {
        return decoder.collapse(
                Arrays.copyOf(path, frames), Arrays.copyOf(logProbabilities, frames));
    }
}
