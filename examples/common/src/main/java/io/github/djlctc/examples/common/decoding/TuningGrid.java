package io.github.djlctc.examples.common.decoding;

import io.github.djlctc.examples.common.WordErrorUnit;
import io.github.djlctc.examples.common.picture.HeatMap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * The errors at each combination of weights and beam width.
 *
 * <p>Not safe for use by several threads.
 */
public final class TuningGrid {

    /** One error more or less says nothing about a setting. */
    public static final double CHANCE = 1;

    /** Those of {@link io.github.djlctc.decode.BeamSearchDecoder}, with a language model. */
    private static final double DEFAULT_ALPHA = 0.7;

    private static final double DEFAULT_BETA = 2;

    /** What alpha changes where beta changes by 1, to have as much of an effect. */
    private static final double ALPHA_UNIT = 0.3;

    /** What a setting itself, its neighbours and those across a corner count in a mean. */
    private static final int[] NEARNESS = {4, 2, 1};

    private final double[] alphas;
    private final double[] betas;
    private final int[] beams;
    private final List<WeightSetting> settings = new ArrayList<>();
    private final Map<WeightSetting, DecodingErrors> errors = new LinkedHashMap<>();
    private WeightSetting best;

    /**
     * Creates an empty grid of all combinations.
     *
     * @param alphas the weights of the language model, at least one
     * @param betas what each word adds, at least one
     * @param beams the beam widths, at least one
     */
    public TuningGrid(double[] alphas, double[] betas, int[] beams) {
        this.alphas = DoubleStream.of(alphas).sorted().distinct().toArray();
        this.betas = DoubleStream.of(betas).sorted().distinct().toArray();
        this.beams = Arrays.stream(beams).sorted().distinct().toArray();
        for (int beam : this.beams) {
            for (double beta : this.betas) {
                for (double alpha : this.alphas) {
                    settings.add(new WeightSetting(beam, alpha, beta));
                }
            }
        }
    }

    /** {@return all combinations, narrow beams first} */
    public List<WeightSetting> settings() {
        return List.copyOf(settings);
    }

    /** {@return the weights of the language model, in ascending order} */
    public double[] alphas() {
        return alphas.clone();
    }

    /** {@return what each word adds, in ascending order} */
    public double[] betas() {
        return betas.clone();
    }

    /** {@return the beam widths, in ascending order} */
    public int[] beams() {
        return beams.clone();
    }

    /**
     * Takes the errors at a combination.
     *
     * @param setting one of the grid
     * @param found its errors
     */
    public void record(WeightSetting setting, DecodingErrors found) {
        errors.put(setting, found);
        if (best == null || DecodingErrors.FEWEST.compare(found, errors.get(best)) < 0) {
            best = setting;
        }
    }

    /**
     * {@return the combination with the fewest word errors, of equal ones that with the fewest
     * character errors, and then the first}
     */
    public WeightSetting best() {
        return best;
    }

    /**
     * Returns a combination that is good together with those around it: few samples do not move it
     * as they move {@link #best}. All combinations have to be recorded.
     *
     * @return of the combinations whose {@link #meanErrors} are at most {@link #CHANCE} above the
     *     least, the one nearest to the weights that searches have by default, and then the first
     */
    public WeightSetting steadiest() {
        double least = leastMeanErrors();
        return settings.stream()
                .filter(setting -> meanErrors(setting) <= least + CHANCE)
                .min(Comparator.comparingDouble(TuningGrid::distanceFromDefault))
                .orElseThrow();
    }

    /**
     * Returns the least mean errors of all combinations, which have to be recorded.
     *
     * @return the least {@link #meanErrors}
     */
    public double leastMeanErrors() {
        return settings.stream().mapToDouble(this::meanErrors).min().orElseThrow();
    }

    /**
     * Returns the mean errors at a combination and those around it with the same beam width.
     *
     * @param setting one of the grid
     * @return word errors, and as a small fraction of one each character error; the combination
     *     itself counts twice as much as one beside it and four times as much as one across a
     *     corner
     */
    public double meanErrors(WeightSetting setting) {
        int row = Arrays.binarySearch(betas, setting.beta());
        int column = Arrays.binarySearch(alphas, setting.alpha());
        double sum = 0;
        int weights = 0;
        for (int r = Math.max(0, row - 1); r <= Math.min(betas.length - 1, row + 1); r++) {
            for (int c = Math.max(0, column - 1);
                    c <= Math.min(alphas.length - 1, column + 1);
                    c++) {
                int weight = NEARNESS[Math.abs(r - row) + Math.abs(c - column)];
                DecodingErrors found =
                        errors.get(new WeightSetting(setting.beam(), alphas[c], betas[r]));
                // One more character is never worth a word.
                sum +=
                        weight
                                * (found.words().errors()
                                        + found.characters().errors()
                                                / (1.0 + found.characters().referenceLength())
                                                / 10);
                weights += weight;
            }
        }
        // Rounded, for means that are equal to be found so.
        return Math.rint(1e6 * sum / weights) / 1e6;
    }

    private static double distanceFromDefault(WeightSetting setting) {
        double alpha = (setting.alpha() - DEFAULT_ALPHA) / ALPHA_UNIT;
        return Math.hypot(alpha, setting.beta() - DEFAULT_BETA);
    }

    /**
     * Returns the errors at a combination.
     *
     * @param setting one that was recorded
     * @return its errors
     */
    public DecodingErrors errors(WeightSetting setting) {
        return errors.get(setting);
    }

    /** {@return the error rates in percent at the best beam width} */
    public HeatMap heatMap() {
        double[][] values = new double[betas.length][alphas.length];
        for (int row = 0; row < betas.length; row++) {
            for (int column = 0; column < alphas.length; column++) {
                WeightSetting setting = new WeightSetting(best.beam(), alphas[column], betas[row]);
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
        return DoubleStream.of(values).mapToObj(WeightSetting::decimal).toList();
    }
}
