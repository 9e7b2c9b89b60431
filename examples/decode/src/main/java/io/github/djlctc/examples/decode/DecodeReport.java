package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.report.ErrorRateTable;
import io.github.djlctc.examples.common.report.JsonOutput;

import com.google.gson.JsonObject;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * Prints the results of a decoding. Errors and confidences are null where there are no references.
 */
final class DecodeReport {

    private final PrintWriter out;
    private final UsedPrior prior;

    DecodeReport(PrintWriter out, UsedPrior prior) {
        this.out = out;
        this.prior = prior;
    }

    void printText(DecodingErrors errors, ConfidenceRanking confidences, DecodingTimes times) {
        if (errors != null) {
            print("%n%s", ErrorRateTable.of("errors", errors.words(), errors.characters()));
            print(confidences);
        }
        print("%n");
        printPrior();
        print(
                "utterances  %,d%nframes      %,d%nthreads     %d%n",
                times.utterances(), times.frames(), times.threads());
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
            event.add("words", JsonOutput.counts(errors.words()));
            event.add("characters", JsonOutput.counts(errors.characters()));
            event.add("confidenceArea", JsonOutput.number(confidences.area()));
            out.println(JsonOutput.line(event));
        }
        out.println(JsonOutput.line(prior.json()));
        JsonObject event = JsonOutput.event("speed");
        event.addProperty("utterances", times.utterances());
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
