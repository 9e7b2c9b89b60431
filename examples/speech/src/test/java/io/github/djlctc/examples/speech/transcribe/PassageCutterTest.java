package io.github.djlctc.examples.speech.transcribe;

import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.text.Alphabet;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class PassageCutterTest {

    private static final double FRAME_SECONDS = 0.05;
    private static final Alphabet WORDS = Alphabet.ofCharacters(" ABC");
    private static final Alphabet UNSPACED = Alphabet.ofCharacters("\u4e00\u4e01\u4e02\u4e03");

    @Property(tries = 300, seed = "1")
    void passagesHaveTheTextOfTheWhole(@ForAll @IntRange(min = 0, max = 1_000_000) int seed) {
        Random random = new Random(seed);
        int[] path = speech(random);

        List<Passage> passages = cut(WORDS, path, random);

        assertThat(text(WORDS, passages)).isEqualTo(text(WORDS, List.of(whole(WORDS, path))));
        long end = 0;
        for (Passage passage : passages) {
            assertThat(passage.firstFrame()).isGreaterThanOrEqualTo(end);
            end = passage.firstFrame() + passage.frames();
        }
        assertThat(end).isLessThanOrEqualTo(path.length);
    }

    @Test
    void cutsInTheMiddleOfPausesBetweenWords() {
        int[] path = path("AB-C", 20, " ", 20, "A", 3, " ", 3, "B");

        List<Passage> passages = cut(WORDS, path, new Random(1));

        assertThat(passages).hasSize(2);
        assertThat(text(WORDS, passages.subList(0, 1))).isEqualTo("ABC");
        assertThat(text(WORDS, passages.subList(1, 2))).isEqualTo("A B");
        assertThat(passages.get(0).frames()).isEqualTo(4 + 6);
        assertThat(passages.get(1).firstFrame()).isEqualTo(45 - 10);
    }

    @Test
    void doesNotCutInsideAWord() {
        assertThat(cut(WORDS, path("AB", 25, "C"), new Random(1))).hasSize(1);
        assertThat(cut(WORDS, path("AB", 100, "C"), new Random(1))).hasSize(2);
    }

    @Test
    void cutsAnywhereWhereTextHasNoSpaces() {
        List<Passage> passages = cut(UNSPACED, path("AB", 25, "C"), new Random(1));

        assertThat(passages).hasSize(2);
    }

    @Test
    void silenceIsNoPassage() {
        assertThat(cut(WORDS, new int[100_000], new Random(1))).isEmpty();
    }

    @Test
    void passagesWithoutPausesAreBounded() {
        List<Object> parts = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            parts.addAll(List.of("AB", 1 + i % 7, " ", 2));
        }
        int[] path = path(parts.toArray());
        int[] noise = new int[20_000];
        Arrays.setAll(noise, i -> 2 + i % 3);

        for (int[] sound : List.of(path, noise)) {
            List<Passage> passages = cut(WORDS, sound, new Random(1));
            assertThat(passages).allMatch(p -> p.frames() * FRAME_SECONDS <= 45);
            assertThat(passages.stream().mapToInt(Passage::frames).sum())
                    .isLessThanOrEqualTo(sound.length);
            assertThat(text(WORDS, passages).replace(" ", ""))
                    .isEqualTo(text(WORDS, List.of(whole(WORDS, sound))).replace(" ", ""));
        }
    }

    private static int[] speech(Random random) {
        List<Object> parts = new ArrayList<>();
        for (int i = 0; i < random.nextInt(60); i++) {
            parts.add(random.nextInt(4) == 0 ? random.nextInt(80) : random.nextInt(6));
            parts.add(" ");
            parts.add(random.nextInt(4) == 0 ? random.nextInt(80) : random.nextInt(6));
            parts.add("ABCAB".substring(random.nextInt(3), 3 + random.nextInt(3)));
        }
        return path(parts.toArray());
    }

    /** Returns the classes of frames: those of letters, with a blank between, and of pauses. */
    private static int[] path(Object... parts) {
        List<Integer> path = new ArrayList<>();
        for (Object part : parts) {
            if (part instanceof Integer blanks) {
                for (int i = 0; i < blanks; i++) {
                    path.add(0);
                }
            } else {
                part.toString().chars().forEach(c -> path.add(c == '-' ? 0 : index((char) c)));
            }
        }
        return path.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int index(char letter) {
        return letter == ' ' ? 1 : 2 + letter - 'A';
    }

    private static List<Passage> cut(Alphabet alphabet, int[] path, Random random) {
        PassageCutter cutter = new PassageCutter(alphabet, FRAME_SECONDS, 0);
        List<Passage> passages = new ArrayList<>();
        float[] logits = logits(alphabet, path);
        int classes = alphabet.size();
        int from = 0;
        while (from < path.length) {
            int to = Math.min(path.length, from + 1 + random.nextInt(200));
            cutter.accept(Arrays.copyOfRange(logits, from * classes, to * classes));
            Optional<Passage> next = cutter.next();
            while (next.isPresent()) {
                passages.add(next.get());
                next = cutter.next();
            }
            from = to;
        }
        cutter.finish().ifPresent(passages::add);
        return passages;
    }

    private static float[] logits(Alphabet alphabet, int[] path) {
        int classes = alphabet.size();
        float[] logits = new float[path.length * classes];
        for (int i = 0; i < path.length; i++) {
            logits[i * classes + path[i] % classes] = 5;
        }
        return logits;
    }

    private static Passage whole(Alphabet alphabet, int[] path) {
        return new Passage(logits(alphabet, path), path.length, 0);
    }

    private static String text(Alphabet alphabet, List<Passage> passages) {
        GreedyDecoder decoder = new GreedyDecoder(alphabet);
        return passages.stream()
                .map(p -> decoder.decode(p.logits(), p.frames()).text())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
    }
}
