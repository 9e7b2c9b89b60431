package io.github.djlctc.examples.speech.corpus;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.SkippedSamples.Policy;
import io.github.djlctc.examples.common.SkippedSamples.Skipped;
import io.github.djlctc.examples.common.data.Corpus;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

class VoxForgeCorpusTest {

    @TempDir Path folder;

    private final SkippedSamples skipped = new SkippedSamples(Policy.SKIP);

    @Test
    void readsPromptsOfBothKindsAndSoundOfBothTypes() throws IOException {
        writeSpeakers(3);
        write("ann-20080101-abc", "PROMPTS", "ann-20080101-abc/mfc/a1 HE TURNED SHARPLY\n", "wav");
        Path flac = write("bob-20080101-abc", "prompts-original", "b1 They stood.\n", "none");
        Files.createDirectory(flac.resolve("flac"));
        Files.copy(TestAudio.FLAC, flac.resolve("flac/b1.flac"));

        assertThat(all(new VoxForgeCorpus(folder, 1).load(skipped)))
                .extracting(Utterance::id, Utterance::text)
                .contains(
                        tuple("ann-20080101-abc/a1", "HE TURNED SHARPLY"),
                        tuple("bob-20080101-abc/b1", "They stood."));
        assertThat(skipped.list()).isEmpty();
    }

    @Test
    void putsNoSpeakerIntoTwoSets() throws IOException {
        writeSpeakers(20);
        write("Speaker3-20090909-xyz", "PROMPTS", "c/mfc/z1 OF ANOTHER DAY\n", "wav");
        write("anonymous-20090909-xyz", "PROMPTS", "c/mfc/z1 OF ANYONE\n", "wav");

        for (long seed = 0; seed < 20; seed++) {
            Corpus<Utterance> corpus = new VoxForgeCorpus(folder, seed).load(skipped);
            Set<String> train = speakers(corpus.train());
            Set<String> validation = speakers(corpus.validation());
            Set<String> test = speakers(corpus.test());

            assertThat(train).contains("anonymous").doesNotContainAnyElementsOf(validation);
            assertThat(train).doesNotContainAnyElementsOf(test);
            assertThat(validation).doesNotContainAnyElementsOf(test);
            assertThat(corpus.test()).hasSizeBetween(3, 5);
            assertThat(corpus.validation()).hasSizeBetween(3, 5);
            assertThat(all(corpus)).hasSize(42);
        }
        assertThat(speakers(new VoxForgeCorpus(folder, 1).load(skipped).test()))
                .isEqualTo(speakers(new VoxForgeCorpus(folder, 1).load(skipped).test()));
    }

    @Test
    void recordsWhatCannotBeUsed() throws IOException {
        writeSpeakers(3);
        Path ann =
                write(
                        "ann-20080101-abc",
                        "prompts-original",
                        "a1 Good.\na2\n\na3 No file.\na4 Empty file.\n../a1 Again.\n",
                        "wav");
        Files.writeString(
                ann.resolve("etc/prompts-original"),
                "a\0 No file name.\n.. Nor this.\n",
                StandardOpenOption.APPEND);
        Files.delete(ann.resolve("wav/a3.wav"));
        Files.write(ann.resolve("wav/a4.wav"), new byte[0]);
        Files.createFile(folder.resolve("._ann-20080101-abc"));
        Path none = Files.createDirectory(folder.resolve("bob-20080101-abc"));

        Corpus<Utterance> corpus = new VoxForgeCorpus(folder, 1).load(skipped);

        assertThat(all(corpus)).hasSize(6 + 1);
        Path prompts = ann.resolve("etc/prompts-original");
        assertThat(skipped.list())
                .extracting(Skipped::id, Skipped::reason)
                .containsExactly(
                        tuple(
                                folder.resolve("._ann-20080101-abc").toString(),
                                "side file of macOS"),
                        tuple(prompts + ":2", "bad transcript line"),
                        tuple(prompts + ":4", "no audio for transcript"),
                        tuple(ann.resolve("wav/a4.wav").toString(), "audio file empty"),
                        tuple(prompts + ":6", "duplicate utterance"),
                        tuple(prompts + ":7", "bad transcript line"),
                        tuple(prompts + ":8", "bad transcript line"),
                        tuple(none.toString(), "no transcripts"));
    }

    @Test
    void namesTooFewSpeakers() throws IOException {
        writeSpeakers(2);

        assertThatThrownBy(() -> new VoxForgeCorpus(folder, 1).load(skipped))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("2 speakers with names and usable utterances");
    }

    private void writeSpeakers(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            write(
                    "speaker" + i + "-20080101-abc",
                    "PROMPTS",
                    "c/mfc/x1 GO\nc/mfc/x2 STOP\n",
                    "wav");
        }
    }

    private Path write(String archive, String prompts, String lines, String type)
            throws IOException {
        Path path = folder.resolve(archive);
        Files.createDirectories(path.resolve("etc"));
        Files.writeString(path.resolve("etc").resolve(prompts), lines);
        for (String line : lines.lines().toList()) {
            String name = line.split(" ", 2)[0];
            if (type.equals("wav") && !name.isEmpty()) {
                TestAudio.writeWav(
                        path.resolve("wav").resolve(name.replaceFirst(".*/", "") + ".wav"));
            }
        }
        return path;
    }

    private static List<Utterance> all(Corpus<Utterance> corpus) {
        return Stream.of(corpus.train(), corpus.validation(), corpus.test())
                .flatMap(List::stream)
                .toList();
    }

    private static Set<String> speakers(List<Utterance> utterances) {
        return utterances.stream()
                .map(u -> u.id().split("-", 2)[0].toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }
}
