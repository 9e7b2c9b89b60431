package io.github.djlctc.spark;

import io.github.djlctc.serving.RequestOutcome;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;

/**
 * The rows of a partition with their results, in their order. A part of them is gathered, and
 * recognised in batches of files of like lengths, so that little is padding.
 */
final class TranscribedRows implements Iterator<Row> {

    private final Iterator<Row> rows;
    private final SampleColumn column;
    private final Configuration configuration;
    private final BatchLimits limits;
    private final TaskRecogniser recogniser;
    private final ResultColumns results;
    private final Queue<Row> done = new ArrayDeque<>();

    /** Was read, but was too large for the part that was gathered; or null. */
    private Sample next;

    TranscribedRows(
            Iterator<Row> rows,
            SampleColumn column,
            Configuration configuration,
            BatchLimits limits,
            TaskRecogniser recogniser,
            ResultColumns results) {
        this.rows = rows;
        this.column = column;
        this.configuration = configuration;
        this.limits = limits;
        this.recogniser = recogniser;
        this.results = results;
    }

    @Override
    public boolean hasNext() {
        return !done.isEmpty() || next != null || rows.hasNext();
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (done.isEmpty()) {
            done.addAll(Arrays.asList(recognise(gather())));
        }
        return done.remove();
    }

    private List<Sample> gather() {
        List<Sample> gathered = new ArrayList<>();
        long bytes = 0;
        while (gathered.size() < limits.rows() && (next != null || rows.hasNext())) {
            Sample sample = next == null ? read(rows.next()) : next;
            next = null;
            if (!gathered.isEmpty() && bytes + sample.length() > limits.bytes()) {
                next = sample;
                break;
            }
            bytes += sample.length();
            gathered.add(sample);
        }
        return gathered;
    }

    private Sample read(Row row) {
        Row others = column.others(row);
        try {
            return Sample.read(others, column.read(row, configuration));
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            return Sample.unreadable(others, ErrorReason.of(e));
        }
    }

    private Row[] recognise(List<Sample> samples) {
        Row[] recognised = new Row[samples.size()];
        List<Integer> byLength = new ArrayList<>();
        for (int i = 0; i < recognised.length; i++) {
            if (samples.get(i).problem() == null) {
                byLength.add(i);
            } else {
                Sample sample = samples.get(i);
                recognised[i] = ResultColumns.error(sample.others(), sample.problem());
            }
        }
        byLength.sort(Comparator.comparingInt(i -> samples.get(i).length()));
        int start = 0;
        while (start < byLength.size()) {
            int end = end(samples, byLength, start);
            recognise(samples, byLength.subList(start, end), recognised);
            start = end;
        }
        return recognised;
    }

    /** Ends a batch before its padding would make it larger than what is gathered. */
    private int end(List<Sample> samples, List<Integer> byLength, int start) {
        int end = start + 1;
        while (end < byLength.size()
                && end < start + limits.batchSize()
                && (end + 1L - start) * samples.get(byLength.get(end)).length() <= limits.bytes()) {
            end++;
        }
        return end;
    }

    private void recognise(List<Sample> samples, List<Integer> batch, Row[] recognised) {
        List<byte[]> contents = batch.stream().map(i -> samples.get(i).content()).toList();
        Iterator<RequestOutcome> outcomes = recogniser.recognise(contents).iterator();
        for (int i : batch) {
            recognised[i] = row(samples.get(i).others(), outcomes.next());
        }
    }

    private Row row(Row others, RequestOutcome outcome) {
        return outcome instanceof RequestOutcome.Recognised recognised
                ? results.result(others, recognised.result())
                : ResultColumns.error(others, ((RequestOutcome.Refused) outcome).problem());
    }
}
