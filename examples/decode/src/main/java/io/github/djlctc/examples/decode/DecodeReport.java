package io.github.djlctc.examples.decode;

import io.github.djlctc.decode.LanguageModelCoverage;
import io.github.djlctc.examples.common.decoding.DecodingErrors;
import io.github.djlctc.examples.common.report.ErrorRateTable;
import io.github.djlctc.examples.common.report.JsonOutput;

import com.google.gson.JsonObject;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/**
 * Prints the results of a decoding. Errors and confidences are null where there are no references.
 */
final class DecodeReport {

    private final PrintWriter out;
    private final UsedPrior prior;
    private final Optional<LanguageModelCoverage> coverage;

    DecodeReport(PrintWriter out, UsedPrior prior, Optional<LanguageModelCoverage> coverage) {
        this.out = out;
        this.prior = prior;
        this.coverage = coverage;
    }

    void printText(DecodingErrors errors, ConfidenceRanking confidences, DecodingTimes times) {
        if (errors != null) {
            print(
                    "%n%s",
                    ErrorRateTable.of(
                            "errors", errors.unit(), errors.words(), errors.characters()));
            print(confidences);
        }
        print("%n");
        coverage.ifPresent(this::print);
        printPrior();
        print("utterances  %,d", times.utterances());
        if (times.earlier() > 0) {
            print(" (and %,d by an earlier run)", times.earlier());
        }
        print("%nframes      %,d%nthreads     %d%n", times.frames(), times.threads());
        print("CPU time    %.3f s", times.leastCpuSeconds());
        if (times.passes() > 1) {
            print(" (least of %d passes; median %.3f s)", times.passes(), times.medianCpuSeconds());
        }
        print("%nelapsed     %.3f s%n", times.leastWallSeconds());
        print("speed       %,.0f frames per CPU second%n", times.framesPerCpuSecond());
        out.flush();
    }

    void printJson(DecodingErrors errors, ConfidenceRanking confidences, DecodingTimes times) {
        if (errors != null) {
            JsonObject event = JsonOutput.event("errors");
            JsonOutput.addErrors(event, errors.unit(), errors.words(), errors.characters());
            event.add("confidenceArea", JsonOutput.number(confidences.area()));
            out.println(JsonOutput.line(event));
        }
        coverage.ifPresent(known -> out.println(JsonOutput.line(json(known))));
        out.println(JsonOutput.line(prior.json()));
        JsonObject event = JsonOutput.event("speed");
        event.addProperty("utterances", times.utterances());
        if (times.earlier() > 0) {
            event.addProperty("earlierUtterances", times.earlier());
        }
        event.addProperty("frames", times.frames());
        event.addProperty("threads", times.threads());
        event.addProperty("passes", times.passes());
        event.add("cpuSeconds", JsonOutput.number(times.leastCpuSeconds()));
        event.add("medianCpuSeconds", JsonOutput.number(times.medianCpuSeconds()));
        event.add("wallSeconds", JsonOutput.number(times.leastWallSeconds()));
        event.add("framesPerCpuSecond", JsonOutput.number(times.framesPerCpuSecond()));
        out.println(JsonOutput.line(event));
        out.flush();
    }

    private static JsonObject json(LanguageModelCoverage known) {
        JsonObject event = JsonOutput.event("languageModelCoverage");
        event.addProperty("unit", known.unit().name().toLowerCase(Locale.ROOT));
        event.addProperty("decoded", known.decoded());
        event.addProperty("known", known.known());
        event.add("share", JsonOutput.number(known.share()));
        return event;
    }

    private void print(LanguageModelCoverage known) {
        if (known.decoded() > 0) {
            print(
                    "%-12s%,d of %,d decoded, %.1f %%, by the language model%n",
                    "known " + known.unit().name().toLowerCase(Locale.ROOT) + "s ",
                    known.known(),
                    known.decoded(),
                    100 * known.share());
        }
    }

    private void printPrior() {
        prior.description().ifPresent(text -> print("label prior %s%n", text));
        if (prior.dependsOnCompany()) {
            print(
                    "            (texts depend on what is decoded together, unless --prior gives"
                            + " what --write-prior wrote)%n");
        }
    }

    private void print(ConfidenceRanking confidences) {
        if (!Double.isNaN(confidences.area())) {
            print(
                    "%nconfidence  AUC %.3f: a right word (of %,d) against a wrong one (of %,d)%n",
                    confidences.area(), confidences.rightWords(), confidences.wrongWords());
        }
    }

    private void print(String format, Object... values) {
        out.printf(Locale.ROOT, format, values);
    }
}
