package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.WordErrorUnit;
import io.github.djlctc.examples.common.picture.HeatMap;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/** The errors at each combination of weights and beam width. */
final class TuningGrid {

    /** One combination. */
    record Setting(int beam, double alpha, double beta) {

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "alpha %s, beta %s, beam %d", decimal(alpha), decimal(beta), beam);
        }
    }

    private static final Comparator<DecodingErrors> FEWEST_ERRORS =
            Comparator.<DecodingErrors>comparingLong(errors -> errors.words().errors())
                    .thenComparingLong(errors -> errors.characters().errors());

    private final double[] alphas;
    private final double[] betas;
    private final int[] beams;
    private final List<Setting> settings = new ArrayList<>();
    private final Map<Setting, DecodingErrors> errors = new LinkedHashMap<>();
    private Setting best;

    TuningGrid(double[] alphas, double[] betas, int[] beams) {
        this.alphas = DoubleStream.of(alphas).sorted().distinct().toArray();
        this.betas = DoubleStream.of(betas).sorted().distinct().toArray();
        this.beams = Arrays.stream(beams).sorted().distinct().toArray();
        for (int beam : this.beams) {
            for (double beta : this.betas) {
                for (double alpha : this.alphas) {
                    settings.add(new Setting(beam, alpha, beta));
                }
            }
        }
    }

    /** {@return all combinations, narrow beams first} */
    List<Setting> settings() {
        return settings;
    }

    double[] alphas() {
        return alphas;
    }

    double[] betas() {
        return betas;
    }

    int[] beams() {
        return beams;
    }

    void record(Setting setting, DecodingErrors found) {
        errors.put(setting, found);
        if (best == null || FEWEST_ERRORS.compare(found, errors.get(best)) < 0) {
            best = setting;
        }
    }

    /**
     * {@return the combination with the fewest word errors, of equal ones that with the fewest
     * character errors, and then the first}
     */
    Setting best() {
        return best;
    }

    DecodingErrors errors(Setting setting) {
        return errors.get(setting);
    }

    /** {@return the error rates in percent at the best beam width} */
    HeatMap heatMap() {
        double[][] values = new double[betas.length][alphas.length];
        for (int row = 0; row < betas.length; row++) {
            for (int column = 0; column < alphas.length; column++) {
                Setting setting = new Setting(best.beam(), alphas[column], betas[row]);
                values[row][column] = 100 * errors.get(setting).words().rate();
            }
        }
        WordErrorUnit unit = errors.get(best).unit();
        String rate = unit == WordErrorUnit.WORD ? "Word error rate" : "Character error rate";
        return new HeatMap(
                rate + " at beam width " + best.beam(),
                new HeatMap.Axis("alpha", "weight of the language model", ticks(alphas)),
                new HeatMap.Axis("beta", "bonus of each word", ticks(betas)),
                new HeatMap.Cell(
                        Arrays.binarySearch(alphas, best.alpha()),
                        Arrays.binarySearch(betas, best.beta())),
                unit.shortName() + " %",
                values);
    }

    private static List<String> ticks(double[] values) {
        return DoubleStream.of(values).mapToObj(TuningGrid::decimal).toList();
    }

    /** Writes a number without zeros at the end: 1, not 1.0. */
    static String decimal(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
