package io.github.djlctc.spark.program;

import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.examples.common.emission.Emissions;
import io.github.djlctc.examples.common.emission.PriorSample;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Emissions in files of arrays.
 *
 * @param session runs the reading
 * @param file the files
 * @param ids the utterances
 * @param sample those that a label prior is estimated from
 */
record ArrayEmissions(SparkSession session, EmissionFile file, List<String> ids, PriorSample sample)
        implements EmissionTable {

    /** So many utterances are lost at most when a run ends early. */
    private static final int ROUND = 20_000;

    static ArrayEmissions open(SparkSession session, EmissionFile file) throws IOException {
        Emissions opened = file.open();
        return new ArrayEmissions(session, file, opened.ids(), PriorSample.of(opened));
    }

    @Override
    public long size() {
        return ids.size();
    }

    /** Reading makes logits of whatever the values are. */
    @Override
    public EmissionScale scale() {
        return EmissionScale.LOGITS;
    }

    @Override
    public Dataset<Row> priorSample() {
        return rows(
                Arrays.stream(sample.indexes()).asLongStream().boxed().toList(),
                session.sparkContext().defaultParallelism());
    }

    @Override
    public String priorDescription() {
        return sample.description();
    }

    @Override
    public List<Dataset<Row>> rounds(Dataset<Row> done, SparkOptions spark) {
        Set<String> left = new HashSet<>(ids);
        if (done != null) {
            left.removeAll(new HashSet<>(done.as(Encoders.STRING()).collectAsList()));
        }
        List<Long> indexes =
                LongStream.range(0, ids.size())
                        .filter(index -> left.contains(ids.get((int) index)))
                        .boxed()
                        .toList();
        List<Dataset<Row>> rounds = new ArrayList<>();
        for (int from = 0; from < indexes.size(); from += ROUND) {
            List<Long> round = indexes.subList(from, Math.min(indexes.size(), from + ROUND));
            rounds.add(rows(round, spark.partitions(session, round.size())));
        }
        return Collections.unmodifiableList(rounds);
    }

    private Dataset<Row> rows(List<Long> indexes, int partitions) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        Dataset<Long> numbers =
                session.createDataset(
                        context.parallelize(indexes, partitions).rdd(), Encoders.LONG());
        return file.rows(session, numbers);
    }
}
