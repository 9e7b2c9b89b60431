package io.github.djlctc.examples.speech.corpus;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.SkippedSamples.Policy;
import io.github.djlctc.examples.common.SkippedSamples.Skipped;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.Split;
import io.github.djlctc.examples.speech.audio.Waveform;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

class CommonVoiceCorpusTest {

    private static final String COLUMNS = "client_id\tpath\tsentence\tup_votes\n";
    private static final Path MP3 = Path.of("src/test/resources/audio/mono16k.mp3");

    @TempDir Path folder;

    private final SkippedSamples skipped = new SkippedSamples(Policy.SKIP);

    @BeforeEach
    void writeTree() throws IOException {
        Files.createDirectory(folder.resolve("clips"));
        for (int i = 0; i < 9; i++) {
            Files.copy(MP3, folder.resolve("clips/c" + i + ".mp3"));
        }
        write("train.tsv", COLUMNS + "ann\tc0.mp3\tTurn left.\t2\nann\tc1.mp3\tStop!\t2\n");
        write("dev.tsv", COLUMNS + "bob\tc2.mp3\tGo on.\t2\n");
        write("test.tsv", COLUMNS + "cid\tc3.mp3\tWait.\t2\n");
    }

    @Test
    void readsTheListsAndTheirClips() throws IOException {
        Corpus<Utterance> corpus = corpus("train").load(skipped);

        assertThat(corpus.train())
                .extracting(Utterance::id, Utterance::text)
                .containsExactly(tuple("c0.mp3", "Turn left."), tuple("c1.mp3", "Stop!"));
        assertThat(corpus.validation()).extracting(Utterance::text).containsExactly("Go on.");
        assertThat(corpus.test()).extracting(Utterance::text).containsExactly("Wait.");
        Waveform sound = (Waveform) corpus.test().get(0).source().read();
        assertThat(sound.samples()).hasSize(4000);
        assertThat(corpus.test().get(0).source().sampleRate()).hasValue(16_000);
        assertThat(skipped.list()).isEmpty();
    }

    @Test
    void findsColumnsByNameAndTakesQuotesOff() throws IOException {
        write(
                "train.tsv",
                "sentence_id\tsentence\tpath\n"
                        + "9\t\"\"\"Stop\"\", he said.\"\tc0.mp3\n"
                        + "9\tsay \"yes\"\tc1\n");

        assertThat(corpus("train").load(skipped).train())
                .extracting(Utterance::text)
                .containsExactly("\"Stop\", he said.", "say \"yes\"");
        assertThat(skipped.list()).isEmpty();
    }

    @Test
    void recordsWhatCannotBeUsed() throws IOException {
        Files.write(folder.resolve("clips/c7.mp3"), new byte[0]);
        write("._train.tsv", "of macOS, and not read");
        Path train =
                write(
                        "train.tsv",
                        COLUMNS
                                + "ann\tc0.mp3\tTurn left.\t2\n"
                                + "ann\tc1.mp3\n"
                                + "\n"
                                + "ann\t../test.tsv\tOut.\t2\n"
                                + "ann\tgone.mp3\tGone.\t2\n"
                                + "ann\tc7.mp3\tEmpty.\t2\n"
                                + "ann\tc0.mp3\tAgain.\t2\n"
                                + "ann\tc3.mp3\tTested.\t2\n"
                                + "cid\tc4.mp3\tOf the same speaker.\t2\n"
                                + "ann\tc\0.mp3\tNo file name.\t2\n");

        Corpus<Utterance> corpus = corpus("train").load(skipped);

        assertThat(corpus.train()).extracting(Utterance::id).containsExactly("c0.mp3");
        assertThat(skipped.list())
                .extracting(Skipped::id, Skipped::reason)
                .containsExactlyInAnyOrder(
                        tuple(train + ":3", "bad row"),
                        tuple(train + ":4", "bad row"),
                        tuple(train + ":5", "bad row"),
                        tuple(train + ":6", "audio file missing"),
                        tuple(train + ":7", "audio file empty"),
                        tuple(train + ":8", "duplicate utterance"),
                        tuple(train + ":9", "leak: also in the test set"),
                        tuple(train + ":10", "leak: the speaker is in the test set"),
                        tuple(train + ":11", "bad row"));
    }

    @Test
    void oneSetNeedsItsOwnListOnly() throws IOException {
        Files.delete(folder.resolve("train.tsv"));

        assertThat(corpus("train").loadSplit(Split.TEST, skipped).test()).hasSize(1);
        assertThatThrownBy(() -> corpus("train").load(skipped))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("train.tsv is not there; --folder names");
    }

    @Test
    void namesListsThatAreNone() throws IOException {
        write("train.tsv", "path,sentence\nc0.mp3,Turn left.\n");
        assertThatThrownBy(() -> corpus("train").load(skipped))
                .hasMessageContaining("names no columns \"path\" and \"sentence\"");
        write("train.tsv", COLUMNS);
        assertThatThrownBy(() -> corpus("train").load(skipped))
                .hasMessageContaining("no usable row");
    }

    private CommonVoiceCorpus corpus(String train) {
        return new CommonVoiceCorpus(
                folder, new SplitNames(List.of(train), List.of("dev"), List.of("test")));
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
