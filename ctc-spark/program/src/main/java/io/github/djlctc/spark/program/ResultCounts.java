package io.github.djlctc.spark.program;

import io.github.djlctc.examples.common.decoding.DecodingErrors;
import io.github.djlctc.examples.common.report.ErrorRateTable;
import io.github.djlctc.examples.common.report.JsonOutput;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

/**
 * How many results there are, and what the first failures are.
 *
 * @param unit what a result is of, such as utterances
 * @param total the number of results
 * @param earlier how many of them earlier runs have written
 * @param failed how many are errors
 * @param examples the first errors, with their ids
 * @param errors the errors of the texts that have a reference, or null
 */
record ResultCounts(
        String unit,
        long total,
        long earlier,
        long failed,
        List<String> examples,
        DecodingErrors errors) {

    private static final int EXAMPLES = 5;

    /**
     * Counts results.
     *
     * @param id the column that names a row
     */
    static ResultCounts of(
            Dataset<Row> results, String id, String unit, long earlier, DecodingErrors errors) {
        // One job, since each is compiled anew.
        Row counts = results.agg(count(lit(1)), count(col("error"))).first();
        long failed = counts.getLong(1);
        List<String> examples = failed == 0 ? List.of() : examples(results, id);
        return new ResultCounts(unit, counts.getLong(0), earlier, failed, examples, errors);
    }

    private static List<String> examples(Dataset<Row> results, String id) {
        return results
                .filter("error is not null")
                .select(id, "error")
                .orderBy(id)
                .limit(EXAMPLES)
                .collectAsList()
                .stream()
                .map(row -> row.getString(0) + ": " + row.getString(1))
                .toList();
    }

    void printText(PrintWriter out, String folder, double seconds) {
        if (errors != null) {
            out.printf(
                    Locale.ROOT,
                    "%s%n",
                    ErrorRateTable.of(
                            "errors", errors.unit(), errors.words(), errors.characters()));
        }
        out.printf(Locale.ROOT, "%-12s%,d", unit, total);
        if (earlier > 0) {
            out.printf(Locale.ROOT, " (%,d by an earlier run)", earlier);
        }
        out.printf(Locale.ROOT, "%nfailed      %,d%nelapsed     %.1f s%n", failed, seconds);
        examples.forEach(example -> out.printf("  %s%n", example));
        if (failed > examples.size()) {
            out.printf("  ... (the column \"error\" has all)%n");
        }
        out.printf("Results in %s.%n", folder);
        out.flush();
    }

    void printJson(PrintWriter out, String folder, double seconds) {
        if (errors != null) {
            JsonObject event = JsonOutput.event("errors");
            JsonOutput.addErrors(event, errors.unit(), errors.words(), errors.characters());
            out.println(JsonOutput.line(event));
        }
        JsonObject event = JsonOutput.event("results");
        event.addProperty(unit, total);
        event.addProperty("earlier", earlier);
        event.addProperty("failed", failed);
        JsonArray shown = new JsonArray();
        examples.forEach(shown::add);
        event.add("failures", shown);
        event.addProperty("out", folder);
        event.add("wallSeconds", JsonOutput.number(seconds));
        out.println(JsonOutput.line(event));
        out.flush();
    }
}
