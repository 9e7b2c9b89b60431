package io.github.djlctc.examples.speech.transcribe;

import io.github.djlctc.emission.EmissionRows;
import io.github.djlctc.text.Alphabet;

import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts logits into passages: what is said between two pauses, and is decoded at once.
 *
 * <p>A pause is where the likeliest class of each frame, for 0.6 s, is the blank or a space, and
 * which lies between two words. In speech without a pause for 30 s, the longest gap between words
 * in the second half of it is taken. Half of the frames of a pause go to the passage before it; of
 * those before a passage, half a second is kept.
 */
final class PassageCutter {

    private static final double PAUSE_SECONDS = 0.6;
    private static final double LEAD_SECONDS = 0.5;

    /** After so many pauses' length of silence a word has ended, even without a space. */
    private static final int SURE_PAUSES = 3;

    private final int classes;
    private final TokenKinds kinds;
    private final int pause;
    private final int lead;
    private final int most;

    private float[] logits = {};
    private int[] path = {};
    private int frames;
    private long firstFrame;

    PassageCutter(Alphabet alphabet, double secondsPerFrame, long firstFrame) {
        this.firstFrame = firstFrame;
        classes = alphabet.size();
        kinds = new TokenKinds(alphabet);
        pause = frames(PAUSE_SECONDS, secondsPerFrame);
        lead = frames(LEAD_SECONDS, secondsPerFrame);
        most = frames(Transcriber.PIECE_SECONDS, secondsPerFrame);
    }

    private static int frames(double seconds, double secondsPerFrame) {
        return Math.max(2, (int) Math.round(seconds / secondsPerFrame));
    }

    /** Takes the next logits of the sound, row by row. */
    void accept(float[] more) {
        int count = more.length / classes;
        if (frames + count > path.length) {
            int capacity = Math.max(frames + count, 2 * path.length);
            path = Arrays.copyOf(path, capacity);
            logits = Arrays.copyOf(logits, Math.multiplyExact(capacity, classes));
        }
        System.arraycopy(more, 0, logits, frames * classes, more.length);
        for (int i = 0; i < count; i++) {
            path[frames + i] = EmissionRows.indexOfMax(more, i * classes, classes);
        }
        frames += count;
    }

    /** Returns the next passage whose end is known; nothing if more logits are needed. */
    Optional<Passage> next() {
        dropLeadingSilence();
        int cut = cutAtPause();
        if (cut < 0 && frames > most) {
            cut = cutAtGap();
        }
        return cut < 0 ? Optional.empty() : Optional.of(take(cut));
    }

    /** Returns what is left at the end of the sound; nothing if it is silence. */
    Optional<Passage> finish() {
        dropLeadingSilence();
        return nextSpoken(0) == frames ? Optional.empty() : Optional.of(take(frames));
    }

    private void dropLeadingSilence() {
        int silent = nextSpoken(0) - lead;
        if (silent > 0) {
            take(silent);
        }
    }

    private Passage take(int count) {
        Passage passage = new Passage(Arrays.copyOf(logits, count * classes), count, firstFrame);
        System.arraycopy(path, count, path, 0, frames - count);
        System.arraycopy(logits, count * classes, logits, 0, (frames - count) * classes);
        frames -= count;
        firstFrame += count;
        return passage;
    }

    private int nextSpoken(int from) {
        int frame = from;
        while (frame < frames && kinds.isSilent(path[frame])) {
            frame++;
        }
        return frame;
    }

    private int nextSilent(int from) {
        int frame = from;
        while (frame < frames && !kinds.isSilent(path[frame])) {
            frame++;
        }
        return frame;
    }

    /** Returns the middle of the first pause, or -1. */
    private int cutAtPause() {
        int end = nextSilent(nextSpoken(0));
        while (end < frames) {
            int start = nextSpoken(end);
            int silent = start - end;
            if (silent >= pause && (start < frames ? mayPart(end, start) : isOver(end))) {
                return end + Math.min(silent, pause) / 2;
            }
            end = nextSilent(start);
        }
        return -1;
    }

    /** Returns the middle of the longest gap in the second half of what may be held, or more. */
    private int cutAtGap() {
        int best = most;
        int longest = -1;
        int end = nextSilent(most / 2);
        while (end < frames) {
            int start = nextSpoken(end);
            int worth = (start - end) + (start < frames && mayPart(end, start) ? most : 0);
            if (worth > longest) {
                longest = worth;
                best = (end + start) / 2;
            }
            end = nextSilent(start);
        }
        return best;
    }

    /** Tells whether a word ends in the silent frames between two that are spoken. */
    private boolean mayPart(int end, int start) {
        return hasSpace(end, start)
                || (end > 0 && kinds.mayPart(path[end - 1], path[start]))
                || start - end >= SURE_PAUSES * pause;
    }

    /** Tells whether a word has ended before the silence at the end of what is held. */
    private boolean isOver(int end) {
        return hasSpace(end, frames) || frames - end >= SURE_PAUSES * pause;
    }

    private boolean hasSpace(int from, int to) {
        for (int i = from; i < to; i++) {
            if (kinds.isSpace(path[i])) {
                return true;
            }
        }
        return false;
    }
}
