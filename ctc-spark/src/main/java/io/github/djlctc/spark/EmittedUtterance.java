package io.github.djlctc.spark;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.Tuple2;

/**
 * The emissions of a row.
 *
 * <p>What {@link EmissionColumns} selected: other values, the frames or null, a problem or null;
 * and the scores.
 */
final class EmittedUtterance {

    private final Row values;
    private final float[] scores;

    EmittedUtterance(Tuple2<Row, float[]> selected) {
        values = selected._1();
        scores = selected._2();
    }

    /** Returns the values of the other columns. */
    Row others() {
        Object[] others = new Object[values.size() - 2];
        for (int i = 0; i < others.length; i++) {
            others[i] = values.get(i);
        }
        return RowFactory.create(others);
    }

    /**
     * Returns the scores, frame by frame.
     *
     * @throws IllegalArgumentException if something is wrong with them
     */
    float[] scores() {
        String problem = values.getString(values.size() - 1);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        return scores;
    }

    /**
     * Returns the number of frames.
     *
     * @param classes the scores of a frame
     * @throws IllegalArgumentException if the number that is given cannot be right
     */
    int frames(int classes) {
        Long frames = givenFrames();
        if (frames == null) {
            return scores.length / classes;
        }
        if (frames < 0 || frames > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "the number of frames is " + frames + ", but the scores are " + scores.length);
        }
        return frames.intValue();
    }

    /** Returns the number of frames that a column gives, or null. */
    Long givenFrames() {
        return (Long) values.get(values.size() - 2);
    }
}
