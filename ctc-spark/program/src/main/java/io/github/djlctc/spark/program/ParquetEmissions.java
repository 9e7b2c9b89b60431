package io.github.djlctc.spark.program;

import io.github.djlctc.emission.EmissionScale;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Emissions in Parquet files.
 *
 * @param session runs the reading
 * @param all all utterances
 * @param size their number
 * @param scale what the values are
 */
record ParquetEmissions(SparkSession session, Dataset<Row> all, long size, EmissionScale scale)
        implements EmissionTable {

    /** So many files are a round. */
    private static final int ROUND = 64;

    static ParquetEmissions open(SparkSession session, String path, EmissionScale scale)
            throws IOException {
        return Inputs.checked(
                () -> {
                    Dataset<Row> all = session.read().parquet(path);
                    checkColumns(path, Arrays.asList(all.columns()));
                    checkIds(path, all);
                    return new ParquetEmissions(session, all, all.count(), scale);
                });
    }

    private static void checkColumns(String path, List<String> columns) throws IOException {
        for (String needed : List.of("utt", "emissions")) {
            if (!columns.contains(needed)) {
                throw new IOException(
                        path
                                + " has no column \""
                                + needed
                                + "\"; its columns are "
                                + String.join(", ", columns));
            }
        }
    }

    /** Results are told apart by their ids when a run is resumed. */
    private static void checkIds(String path, Dataset<Row> all) throws IOException {
        List<Row> repeated = all.groupBy("utt").count().where("count > 1").takeAsList(1);
        if (!repeated.isEmpty()) {
            throw new IOException(
                    "%s has %d rows with the \"utt\" %s; give each row an id of its own"
                            .formatted(path, repeated.get(0).getLong(1), repeated.get(0).get(0)));
        }
    }

    @Override
    public Dataset<Row> priorSample() {
        return all;
    }

    @Override
    public String priorDescription() {
        return "all frames of these %,d utterances".formatted(size);
    }

    @Override
    public List<String> ids() {
        return all.select("utt").as(Encoders.STRING()).collectAsList();
    }

    @Override
    public List<Dataset<Row>> rounds(Dataset<Row> done, SparkOptions spark) {
        List<Dataset<Row>> rounds = new ArrayList<>();
        String[] files = all.inputFiles();
        Arrays.sort(files);
        for (int from = 0; from < files.length; from += ROUND) {
            String[] some = Arrays.copyOfRange(files, from, Math.min(files.length, from + ROUND));
            Dataset<Row> rows = session.read().schema(all.schema()).parquet(some);
            rounds.add(
                    done == null
                            ? rows
                            : rows.join(
                                    done, rows.col("utt").equalTo(done.col("utt")), "left_anti"));
        }
        return rounds;
    }
}
