package io.github.djlctc.examples.speech.corpus.synthetic;

import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.corpus.Utterance;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SyntheticCorpusTest {

    private static final Corpus<Utterance> CORPUS = corpus(60, 20, 30, 7);

    @Test
    void hasTheSizesThatWereAsked() {
        assertThat(CORPUS.train()).hasSize(60);
        assertThat(CORPUS.validation()).hasSize(20);
        assertThat(CORPUS.test()).hasSize(30);
        Corpus<Utterance> standard = SyntheticCorpus.builder().build();
        assertThat(standard.name()).isEqualTo("synthetic");
        assertThat(standard.train()).hasSize(5400);
        assertThat(standard.validation()).hasSize(100);
        assertThat(standard.test()).hasSize(200);
        assertThat(corpus(0, 0, 0, 7).train()).isEmpty();
    }

    @Test
    void noSentenceAndNoIdComesTwice() {
        Corpus<Utterance> corpus = corpus(5000, 500, 1000, 1);
        assertThat(all(corpus).map(Utterance::text)).doesNotHaveDuplicates();
        assertThat(all(corpus).map(Utterance::id)).doesNotHaveDuplicates();
    }

    @Test
    void everyWordOfTheTestIsTrainedOn() {
        Corpus<Utterance> standard = SyntheticCorpus.builder().build();
        assertThat(words(standard.train())).containsAll(words(standard.test()));
    }

    @Test
    void soundIsAudibleAndInRangeWithSilenceAroundTheSpeech() throws IOException {
        for (Utterance utterance : CORPUS.test()) {
            Waveform sound = read(utterance);
            assertThat(sound.sampleRate()).isEqualTo(16_000);
            assertThat(sound.seconds()).isBetween(0.4, 6.0);
            float[] samples = sound.samples();
            float peak = 0;
            for (float sample : samples) {
                // Unlike a comparison, Math.max keeps NaN.
                peak = Math.max(peak, Math.abs(sample));
            }
            assertThat(peak).as(utterance.id()).isBetween(0.05f, 1f);
            double whole = power(samples, 0, samples.length);
            assertThat(whole).as(utterance.id()).isGreaterThan(1e-5);
            // The shortest silence is 50 ms, and the least difference to the noise 10 dB.
            assertThat(power(samples, 0, 800)).as(utterance.id()).isLessThan(0.2 * whole);
        }
    }

    @Test
    void soundHas16Bits() throws IOException {
        for (float sample : read(CORPUS.test().get(0)).samples()) {
            float step = sample * 32768;
            assertThat(step).isEqualTo((short) step);
        }
    }

    @Test
    void theSeedDecidesEverything() throws IOException {
        Corpus<Utterance> again = corpus(60, 20, 30, 7);
        Corpus<Utterance> other = corpus(60, 20, 30, 8);
        assertThat(all(again).map(Utterance::text))
                .isEqualTo(all(CORPUS).map(Utterance::text).toList())
                .isNotEqualTo(all(other).map(Utterance::text).toList());
        for (int i = 0; i < 10; i++) {
            float[] expected = read(CORPUS.train().get(i)).samples();
            assertThat(read(CORPUS.train().get(i)).samples()).isEqualTo(expected);
            assertThat(read(again.train().get(i)).samples()).isEqualTo(expected);
        }
    }

    @Test
    void aSmallerPartIsTheBeginningOfALargerOne() throws IOException {
        Corpus<Utterance> large = corpus(100, 5, 40, 7);
        for (int i = 0; i < CORPUS.test().size(); i++) {
            assertThat(large.test().get(i).id()).isEqualTo(CORPUS.test().get(i).id());
            assertThat(large.test().get(i).text()).isEqualTo(CORPUS.test().get(i).text());
        }
        assertThat(read(large.test().get(3)).samples())
                .isEqualTo(read(CORPUS.test().get(3)).samples());
    }

    @Test
    void readsTheSameFromSeveralThreadsAndLeavesNone() throws Exception {
        Set<Thread> before = liveThreads();
        List<Callable<float[]>> reads =
                CORPUS.test().stream()
                        .map(u -> (Callable<float[]>) () -> read(u).samples())
                        .toList();
        ExecutorService executor = Executors.newFixedThreadPool(3);
        List<Future<float[]>> results;
        try {
            results = executor.invokeAll(reads);
        } finally {
            executor.shutdown();
        }
        for (int i = 0; i < results.size(); i++) {
            assertThat(results.get(i).get()).isEqualTo(read(CORPUS.test().get(i)).samples());
        }
        assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(liveThreads()).allMatch(before::contains);
    }

    @Test
    void refusesImpossibleSizes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SyntheticCorpus.builder().optTrainUtterances(-1))
                .withMessageContaining("-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SyntheticCorpus.builder().optTestUtterances(100_001))
                .withMessageContaining("100000");
    }

    private static Corpus<Utterance> corpus(int train, int validation, int test, long seed) {
        return SyntheticCorpus.builder()
                .optTrainUtterances(train)
                .optValidationUtterances(validation)
                .optTestUtterances(test)
                .optSeed(seed)
                .build();
    }

    private static Stream<Utterance> all(Corpus<Utterance> corpus) {
        return Stream.of(corpus.train(), corpus.validation(), corpus.test())
                .flatMap(Collection::stream);
    }

    private static Set<String> words(List<Utterance> utterances) {
        return utterances.stream()
                .flatMap(utterance -> Stream.of(utterance.text().split(" ", -1)))
                .collect(Collectors.toSet());
    }

    private static Waveform read(Utterance utterance) throws IOException {
        return (Waveform) utterance.source().read();
    }

    private static double power(float[] samples, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += samples[i] * samples[i];
        }
        return sum / (to - from);
    }

    /** Returns the threads that would keep the JVM alive. */
    private static Set<Thread> liveThreads() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(Thread::isDaemon);
        return threads;
    }
}
