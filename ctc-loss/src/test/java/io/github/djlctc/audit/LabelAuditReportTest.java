package io.github.djlctc.audit;

import io.github.djlctc.text.Alphabet;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.Strictness;
import org.junit.jupiter.api.Test;

import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** The report as text and as JSON. */
class LabelAuditReportTest {

    private static final Gson STRICT = new GsonBuilder().setStrictness(Strictness.STRICT).create();

    private final LabelAudit audit =
            LabelAudit.builder()
                    .setAlphabet(Alphabet.ofCharacters(" AB"))
                    .optExamplesPerFinding(2)
                    .build();

    @Test
    void writesAlignedText() {
        addDefects();

        assertThat(audit.report().toText())
                .isEqualTo(
                        """
                        verdict   usable with skips: 1 of 5 samples can be trained on
                        classes   4, the blank is 0

                                                                minimum       5 %    median      95 %   maximum
                        frames by the frames the target needs      0.33      0.33      0.33      5.00      5.00
                        frames per label, before subsampling       0.50      0.50      0.50      5.00      5.00
                        MiB of a batch of this length              0.00      0.00      0.00      0.00      0.00

                        skip      characters outside of the alphabet: 1 (20.0 % of the samples)
                                  "x": U+003F at position 1, characters in all 1: A?
                                  remedy: add them to the alphabet, map them to what it has, or leave the samples out

                        skip      too few frames for the target: 3 (60.0 % of the samples)
                                  "a": frames after subsampling 1 (before 1), needed 3: labels 2, repeats 1
                                  in a, b, ...
                                  remedy: subsample less, split labels less finely, or leave the samples out; if there are many, check that lengths count frames and transcripts match

                        info      classes that no target holds (1 " "): 1
                                  remedy: nothing, if they are meant for other data; the model will never output them

                        character                   count  first in
                        ?             U+003F            1  x
                        """);
    }

    @Test
    void writesOneJsonObject() {
        addDefects();

        String text = audit.report().toJson();

        assertThat(text).doesNotContain("\n");
        JsonObject json = STRICT.fromJson(text, JsonObject.class);
        assertThat(json.keySet())
                .containsExactly(
                        "verdict",
                        "samples",
                        "usable",
                        "classes",
                        "blank",
                        "findings",
                        "unknownCharacters",
                        "frameRatio",
                        "framesPerLabel",
                        "batchMebibytes");
        assertThat(json.get("verdict").getAsString()).isEqualTo("USABLE_WITH_SKIPS");
        assertThat(json.get("samples").getAsInt()).isEqualTo(5);
        assertThat(StreamSupport.stream(json.getAsJsonArray("findings").spliterator(), false))
                .extracting(finding -> finding.getAsJsonObject().get("kind").getAsString())
                .containsExactly("UNKNOWN_CHARACTER", "TOO_FEW_FRAMES", "UNUSED_CLASS");
        JsonObject tooShort = json.getAsJsonArray("findings").get(1).getAsJsonObject();
        assertThat(tooShort.get("severity").getAsString()).isEqualTo("SKIP");
        assertThat(tooShort.get("count").getAsInt()).isEqualTo(3);
        assertThat(tooShort.getAsJsonArray("sampleIds")).hasToString("[\"a\",\"b\"]");
        assertThat(tooShort.get("remedy").getAsString()).isNotEmpty();
        assertThat(json.getAsJsonArray("unknownCharacters").get(0))
                .hasToString(
                        "{\"codePoint\":63,\"count\":1,\"sampleId\":\"x\",\"character\":\"?\"}");
        assertThat(json.getAsJsonObject("frameRatio").get("maximum").getAsDouble()).isEqualTo(5);
    }

    @Test
    void writesAnEmptyReport() {
        assertThat(audit.report().toText())
                .startsWith("verdict   broken: 0 of 0 samples can be trained on\n");
        JsonObject json = STRICT.fromJson(audit.report().toJson(), JsonObject.class);
        assertThat(json.get("frameRatio").isJsonNull()).isTrue();
    }

    @Test
    void letsNoControlCharactersIntoTheText() {
        audit.add(AuditSample.builder().setId("a\u001b[2J\nb").setText("\u0007").build());
        audit.addUnreadable("c\r", "rea\nson", "\u0000");

        assertThat(audit.report().toText()).doesNotContainPattern("[\\p{Cntrl}&&[^\n]]");
        assertThat(audit.report().toText().lines()).noneMatch(line -> line.startsWith("b"));
        assertThat(STRICT.fromJson(audit.report().toJson(), JsonObject.class)).isNotNull();
    }

    private void addDefects() {
        audit.add(sample("good", "AB", 10));
        audit.add(sample("a", "AA", 1));
        audit.add(sample("b", "AA", 1));
        audit.add(sample("c", "BB", 1));
        audit.add(sample("x", "A?", 5));
    }

    private static AuditSample sample(String id, String text, int frames) {
        return AuditSample.builder().setId(id).setText(text).optFrames(frames).build();
    }
}
