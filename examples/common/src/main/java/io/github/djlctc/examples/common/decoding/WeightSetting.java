package io.github.djlctc.examples.common.decoding;

import io.github.djlctc.decode.BeamSearchDecoder;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * A combination of the weights that are tuned, and of the beam width.
 *
 * @param beam how many hypotheses are kept
 * @param alpha the weight of the language model
 * @param beta what each word adds
 */
public record WeightSetting(int beam, double alpha, double beta) {

    /**
     * Sets the weights of a search.
     *
     * @param builder the builder of the decoder
     * @return the builder
     * @throws IllegalArgumentException if a value is out of its range
     */
    public BeamSearchDecoder.Builder applyTo(BeamSearchDecoder.Builder builder) {
        return builder.optLanguageModelWeight(alpha).optWordInsertionBonus(beta).optBeamWidth(beam);
    }

    /**
     * Writes a number without zeros at the end.
     *
     * @param value the number
     * @return 1, not 1.0
     */
    public static String decimal(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "alpha %s, beta %s, beam %d", decimal(alpha), decimal(beta), beam);
    }
}
