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

class LibriSpeechCorpusTest {

    @TempDir Path folder;

    private final SkippedSamples skipped = new SkippedSamples(Policy.SKIP);

    @BeforeEach
    void writeTree() throws IOException {
        write(
                "train-clean-5/19/198",
                "19-198-0000 NORTHANGER ABBEY\n19-198-0001 THIS LITTLE WORK\n");
        write("train-clean-5/19/227", "19-227-0000 WHEN\n");
        write("dev-clean/84/121", "84-121-0000 GO\n");
        write("test-clean/61/70", "61-70-0000 STOP\n");
    }

    @Test
    void readsTheSplitsInOrder() throws IOException {
        Corpus<Utterance> corpus = corpus("train-clean-5").load(skipped);

        assertThat(corpus.train())
                .extracting(Utterance::id)
                .containsExactly("19-198-0000", "19-198-0001", "19-227-0000");
        assertThat(corpus.train().get(1).text()).isEqualTo("THIS LITTLE WORK");
        assertThat(corpus.validation()).extracting(Utterance::text).containsExactly("GO");
        assertThat(corpus.test()).extracting(Utterance::text).containsExactly("STOP");
        assertThat(((Waveform) corpus.test().get(0).source().read()).samples()).hasSize(4000);
        assertThat(skipped.list()).isEmpty();
    }

    @Test
    void recordsWhatCannotBeUsed() throws IOException {
        Path chapter = folder.resolve("train-clean-5/19/198");
        Path transcripts = chapter.resolve("19-198.trans.txt");
        Files.writeString(
                transcripts,
                """
                19-198-0000 NORTHANGER ABBEY
                19-198-0001 THIS LITTLE WORK
                19-198-0002 NO AUDIO
                19-198-0003
                19-198-0000 TWICE
                19-198-0004 EMPTY FILE
                """);
        Files.createFile(chapter.resolve("19-198-0004.flac"));
        Files.copy(TestAudio.FLAC, chapter.resolve("19-198-0009.flac"));

        Corpus<Utterance> corpus = corpus("train-clean-5").load(skipped);

        assertThat(corpus.train()).hasSize(3);
        assertThat(skipped.list())
                .extracting(Skipped::id, Skipped::reason)
                .containsExactly(
                        tuple(transcripts + ":3", "no audio for transcript"),
                        tuple(transcripts + ":4", "bad transcript line"),
                        tuple(transcripts + ":5", "no audio for transcript"),
                        tuple(chapter.resolve("19-198-0004.flac").toString(), "audio file empty"),
                        tuple(chapter.resolve("19-198-0009.flac").toString(), "no transcript"));
    }

    @Test
    void aSplitThatIsGivenTwiceIsLeftToTheTestSet() throws IOException {
        Corpus<Utterance> corpus = corpus("train-clean-5", "./test-clean").load(skipped);

        assertThat(corpus.test()).extracting(Utterance::id).containsExactly("61-70-0000");
        assertThat(corpus.train()).hasSize(3);
        assertThat(skipped.list())
                .extracting(Skipped::reason)
                .containsExactly("leak: also in the test set");
    }

    @Test
    void oneSplitNeedsItsOwnFolderOnly() throws IOException {
        LibriSpeechCorpus corpus = corpus("train-clean-100");

        assertThat(corpus.loadSplit(Split.TEST, skipped).test())
                .extracting(Utterance::text)
                .containsExactly("STOP");
    }

    @Test
    void passesOverByteOrderMarks() throws IOException {
        Path transcripts = folder.resolve("train-clean-5/19/198/19-198.trans.txt");
        Files.writeString(transcripts, "\uFEFF" + Files.readString(transcripts));

        assertThat(corpus("train-clean-5").load(skipped).train()).hasSize(3);
        assertThat(skipped.list()).isEmpty();
    }

    @Test
    void namesSplitsThatAreNotThereOrEmpty() throws IOException {
        assertThatThrownBy(() -> corpus("train-clean-100").load(skipped))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("unpack train-clean-100.tar.gz");
        Files.createDirectory(folder.resolve("train-clean-100"));
        assertThatThrownBy(() -> corpus("train-clean-100").load(skipped))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no usable utterance");
    }

    private LibriSpeechCorpus corpus(String... train) {
        return new LibriSpeechCorpus(
                folder,
                new SplitNames(List.of(train), List.of("dev-clean"), List.of("test-clean")));
    }

    private void write(String chapter, String transcripts) throws IOException {
        Path path = Files.createDirectories(folder.resolve(chapter));
        String prefix = path.getParent().getFileName() + "-" + path.getFileName();
        Files.writeString(path.resolve(prefix + ".trans.txt"), transcripts);
        for (String line : transcripts.split("\n", -1)) {
            if (!line.isEmpty()) {
                Files.copy(TestAudio.FLAC, path.resolve(line.split(" ", 2)[0] + ".flac"));
            }
        }
    }
}
