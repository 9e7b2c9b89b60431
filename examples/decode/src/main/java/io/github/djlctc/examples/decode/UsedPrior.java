package io.github.djlctc.examples.decode;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.LabelPrior;
import io.github.djlctc.examples.common.command.PriorFileOptions;
import io.github.djlctc.examples.common.emission.PriorSample;
import io.github.djlctc.examples.common.report.JsonOutput;

import com.google.gson.JsonObject;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The label prior that a search uses, and where it comes from.
 *
 * @param prior the prior; nothing if none is used
 * @param weight its weight, 0 if none is used
 * @param source what it was made of
 * @param description that in words; nothing if none is wanted
 */
record UsedPrior(
        Optional<LabelPrior> prior, double weight, Source source, Optional<String> description) {

    /** What a prior was made of. */
    enum Source {
        NONE,
        TOO_FEW_FRAMES,
        EMISSIONS,
        FILE
    }

    static UsedPrior none() {
        return new UsedPrior(Optional.empty(), 0, Source.NONE, Optional.empty());
    }

    static UsedPrior ofTooFew(long frames) {
        return new UsedPrior(
                Optional.empty(),
                0,
                Source.TOO_FEW_FRAMES,
                Optional.of("none: " + tooFew(frames, "--prior takes one from a file")));
    }

    /** Says that there are too few frames for an estimate. */
    static String tooFew(long frames, String remedy) {
        return String.format(
                Locale.ROOT,
                "%,d frames are too few to estimate it from, which takes %,d; %s",
                frames,
                PriorFileOptions.LEAST_FRAMES,
                remedy);
    }

    /** Describes what was estimated from a sample of emissions. */
    static UsedPrior ofEstimate(LabelPrior prior, double weight, PriorSample sample) {
        return new UsedPrior(
                Optional.of(prior),
                weight,
                Source.EMISSIONS,
                Optional.of(
                        String.format(
                                Locale.ROOT,
                                "weight %s, estimated from %s",
                                new BigDecimal(Double.toString(weight)),
                                sample.description())));
    }

    static UsedPrior ofFile(LabelPrior prior, double weight, Path file) {
        return new UsedPrior(
                Optional.of(prior),
                weight,
                Source.FILE,
                Optional.of(
                        String.format(
                                Locale.ROOT,
                                "weight %s, of %s, estimated from %,d frames",
                                new BigDecimal(Double.toString(weight)),
                                file,
                                prior.frames())));
    }

    /**
     * Sets the prior, if there is one.
     *
     * @throws IllegalArgumentException if the weight is out of its range
     */
    void applyTo(BeamSearchDecoder.Builder builder) {
        prior.ifPresent(p -> builder.optLabelPrior(p, weight));
    }

    /** Returns whether texts depend on what is decoded together. */
    boolean dependsOnCompany() {
        return source == Source.EMISSIONS;
    }

    JsonObject json() {
        JsonObject event = JsonOutput.event("labelPrior");
        event.addProperty("source", source.name().toLowerCase(Locale.ROOT));
        event.addProperty("weight", weight);
        event.addProperty("frames", prior.map(LabelPrior::frames).orElse(0L));
        event.addProperty("description", description.orElse(null));
        return event;
    }
}
