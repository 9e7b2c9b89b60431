package io.github.djlctc.examples.htr.corpus;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.SkippedSamples.Policy;
import io.github.djlctc.examples.common.SkippedSamples.Skipped;
import io.github.djlctc.examples.common.UnusableSampleException;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.ManifestCorpus;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ImageManifestTest {

    @TempDir Path folder;

    private final SkippedSamples skipped = new SkippedSamples(Policy.SKIP);

    private static ManifestCorpus.Builder<LineSample> corpus() {
        return ManifestCorpus.builder(LineSample.UNIT);
    }

    private Path manifest(String name, int from, int to) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < to; i++) {
            TestLines.write(folder.resolve("images/" + i + ".png"));
            lines.append("{\"image\": \"images/%d.png\", \"text\": \"line %d\"}\n".formatted(i, i));
        }
        return Files.writeString(folder.resolve(name), lines);
    }

    @Test
    void readsImagesBesideTheManifest() throws IOException {
        Corpus<LineSample> corpus =
                corpus().setTrain(new ImageManifest(manifest("train.jsonl", 0, 20)))
                        .setTest(new ImageManifest(manifest("test.jsonl", 20, 23)))
                        .optValidationShare(0.2)
                        .build()
                        .load(skipped);

        assertThat(corpus.train()).hasSize(16);
        assertThat(corpus.validation()).hasSize(4).doesNotContainAnyElementsOf(corpus.train());
        assertThat(corpus.test()).extracting(LineSample::text).contains("line 20").hasSize(3);
        assertThat(corpus.test().get(0).load(32).width()).isEqualTo(128);
        assertThat(skipped.list()).isEmpty();
    }

    @Test
    void setsShareNoImage() throws IOException {
        Corpus<LineSample> corpus =
                corpus().setTrain(new ImageManifest(manifest("train.jsonl", 0, 6)))
                        .optValidation(new ImageManifest(manifest("validation.jsonl", 4, 8)))
                        .setTest(new ImageManifest(manifest("test.jsonl", 7, 9)))
                        .build()
                        .load(skipped);

        assertThat(corpus.train()).hasSize(4);
        assertThat(corpus.validation()).hasSize(3);
        assertThat(corpus.test()).hasSize(2);
        assertThat(skipped.list())
                .extracting(Skipped::reason)
                .containsExactly(
                        "leak: also in the test set",
                        "leak: also in the validation set",
                        "leak: also in the validation set");
    }

    @Test
    void anImageHasOneIdHoweverItsPathIsWritten() throws IOException {
        Path train = manifest("train.jsonl", 0, 4);
        Path image = folder.resolve("images/0.png");
        Files.createSymbolicLink(folder.resolve("link.png"), image);
        Path test = folder.resolve("test.jsonl");
        Files.writeString(
                test,
                """
                {"image": "link.png", "text": "line 0"}
                {"image": "%s", "text": "line 0"}
                """
                        .formatted(image));

        Corpus<LineSample> corpus =
                corpus().setTrain(new ImageManifest(train))
                        .setTest(new ImageManifest(test))
                        .build()
                        .load(skipped);

        assertThat(corpus.test())
                .extracting(LineSample::id)
                .containsExactly(image.toRealPath().toString());
        assertThat(corpus.train().size() + corpus.validation().size()).isEqualTo(3);
        assertThat(skipped.list())
                .extracting(Skipped::reason)
                .containsExactly("duplicate image", "leak: also in the test set");
    }

    @Test
    void namesWhatCannotBeUsed() throws IOException {
        Path train = manifest("train.jsonl", 0, 4);
        Files.writeString(folder.resolve("images/broken.png"), "no image");
        Files.writeString(
                train,
                Files.readString(train)
                        + """
                        {"image": "images/none.png", "text": "missing"}
                        {"image": "images/broken.png", "text": "broken"}
                        {"image": "images/1.png"}
                        {"image": "a\\u0000b", "text": "bad path"}
                        not JSON
                        """);
        ManifestCorpus<LineSample> corpus =
                corpus().setTrain(new ImageManifest(train))
                        .setTest(new ImageManifest(manifest("test.jsonl", 5, 6)))
                        .build();

        assertThat(corpus.load(skipped).train()).hasSize(3);

        assertThat(skipped.list())
                .extracting(Skipped::reason)
                .containsExactly(
                        "image file missing",
                        "not a supported image",
                        "missing key",
                        "bad path",
                        "bad JSON");
        assertThat(skipped.list().get(0).id()).isEqualTo(train + ":5");
        assertThatThrownBy(() -> corpus.load(new SkippedSamples(Policy.STRICT)))
                .isInstanceOf(UnusableSampleException.class)
                .hasMessageContaining("none.png");
    }

    @Test
    void aManifestWithoutUsableLinesIsAnError() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.jsonl"), "\n");
        ManifestCorpus.Builder<LineSample> builder =
                corpus().setTrain(new ImageManifest(empty))
                        .setTest(new ImageManifest(manifest("test.jsonl", 0, 1)));

        assertThatThrownBy(() -> builder.build().load(skipped))
                .isInstanceOf(IOException.class)
                .hasMessage(empty + ": no usable image");
        assertThatThrownBy(
                        () ->
                                builder.setTrain(new ImageManifest(manifest("one.jsonl", 1, 2)))
                                        .build()
                                        .load(skipped))
                .hasMessageContaining("1 image is too few");
    }
}
