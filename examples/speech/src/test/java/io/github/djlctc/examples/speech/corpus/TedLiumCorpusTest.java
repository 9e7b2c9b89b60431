package io.github.djlctc.examples.speech.corpus;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.SkippedSamples.Policy;
import io.github.djlctc.examples.common.SkippedSamples.Skipped;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.speech.audio.Waveform;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

class TedLiumCorpusTest {

    private static final int RATE = 16_000;

    @TempDir Path folder;

    private final SkippedSamples skipped = new SkippedSamples(Policy.SKIP);

    @BeforeEach
    void writeTree() throws IOException {
        write(
                "train",
                "AnnLee_2010",
                """
                ;; a comment
                AnnLee_2010 1 AnnLee_2010 0.00 0.50 <o,f0,male> ignore_time_segment_in_scoring

                AnnLee_2010 1 AnnLee_2010 0.50 1.25 <o,f0,female> it 's the(2) <unk> end {NOISE}
                AnnLee_2010 1 AnnLee_2010 1.25 2.00 no labels here
                """);
        write("dev", "BobRay_2009", "BobRay_2009 1 BobRay 0 1.5 <o,f0,male> go on\n");
        write("test", "CidKay_2009", "CidKay_2009 1 CidKay 0.5 2.05 <o,f0,male> wait\n");
    }

    @Test
    void readsThePartsOfTheTalks() throws IOException {
        Corpus<Utterance> corpus = corpus().load(skipped);

        assertThat(corpus.train())
                .extracting(Utterance::id, Utterance::text)
                .containsExactly(
                        tuple("AnnLee_2010-0.50-1.25", "it's the end"),
                        tuple("AnnLee_2010-1.25-2.00", "no labels here"));
        assertThat(corpus.validation()).extracting(Utterance::text).containsExactly("go on");
        assertThat(corpus.test()).extracting(Utterance::text).containsExactly("wait");
        float[] part = ((Waveform) corpus.train().get(0).source().read()).samples();
        assertThat(part).hasSize(RATE * 3 / 4);
        assertThat(part[0]).as("samples count up").isEqualTo(RATE / 2 / 32_768f);
        float[] last = ((Waveform) corpus.test().get(0).source().read()).samples();
        assertThat(last).as("a rounded end is cut").hasSize(RATE * 3 / 2);
        assertThat(skipped.list()).isEmpty();
    }

    @Test
    void recordsWhatCannotBeUsed() throws IOException {
        Path stm = folder.resolve("train/stm");
        Path bad =
                write(
                        "train",
                        "DanFox_2010",
                        """
                        DanFox_2010 1 DanFox 0.00 1.00
                        DanFox_2010 1 DanFox zero 1.00 <o> words
                        DanFox_2010 1 DanFox 1.00 1.00 <o> words
                        DanFox_2010 1 DanFox 1.00 2.50 <o> words
                        OtherTalk 1 DanFox 1.00 1.50 <o> words
                        DanFox_2010 1 DanFox 1.00 1.50 <o> good
                        DanFox_2010 1 DanFox 1.00 1.50 <o> twice
                        """);
        Files.writeString(stm.resolve("Gone_2010.stm"), "Gone_2010 1 Gone 0 1 <o> words\n");
        Files.write(stm.resolve("._AnnLee_2010.stm"), new byte[] {0, 5, 22, 7});

        Corpus<Utterance> corpus = corpus().load(skipped);

        assertThat(corpus.train()).extracting(Utterance::text).contains("good").hasSize(3);
        assertThat(skipped.list())
                .extracting(Skipped::id, Skipped::reason)
                .containsExactlyInAnyOrder(
                        tuple(stm.resolve("._AnnLee_2010.stm").toString(), "side file of macOS"),
                        tuple(bad + ":1", "bad transcript line"),
                        tuple(bad + ":2", "bad times"),
                        tuple(bad + ":3", "bad times"),
                        tuple(bad + ":4", "bad times"),
                        tuple(bad + ":5", "bad transcript line"),
                        tuple(
                                folder.resolve("train/sph/Gone_2010.sph").toString(),
                                "audio file missing"),
                        tuple(bad + ":7", "duplicate utterance"));
    }

    @Test
    void namesFoldersThatAreNotThere() {
        TedLiumCorpus other =
                new TedLiumCorpus(
                        folder.resolve("data"),
                        new SplitNames(List.of("train"), List.of("dev"), List.of("test")));

        assertThatThrownBy(() -> other.load(skipped))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("of release 3, legacy");
    }

    private TedLiumCorpus corpus() {
        return new TedLiumCorpus(
                folder, new SplitNames(List.of("train"), List.of("dev"), List.of("test")));
    }

    /** Writes a talk of 2 s, whose samples count up, and its transcripts. */
    private Path write(String split, String talk, String lines) throws IOException {
        Path stm = Files.createDirectories(folder.resolve(split).resolve("stm"));
        Path sph = Files.createDirectories(folder.resolve(split).resolve("sph"));
        String header =
                """
                NIST_1A
                   1024
                sample_rate -i 16000
                sample_count -i 32000
                sample_n_bytes -i 2
                sample_byte_format -s2 01
                end_head
                """;
        ByteBuffer file =
                ByteBuffer.wrap(
                                Arrays.copyOf(
                                        header.getBytes(StandardCharsets.US_ASCII),
                                        1024 + 4 * RATE))
                        .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 2 * RATE; i++) {
            file.putShort(1024 + 2 * i, (short) i);
        }
        Files.write(sph.resolve(talk + ".sph"), file.array());
        return Files.writeString(stm.resolve(talk + ".stm"), lines);
    }
}
