package io.github.djlctc.spark;

import io.github.djlctc.audit.AuditSample;
import io.github.djlctc.audit.LabelAudit;

import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

import static org.apache.spark.sql.functions.lit;

/**
 * Audits a corpus of any size: features are summed up where the rows are, and what is left of each
 * sample, some hundred bytes, is added to a {@link LabelAudit} on the driver, in the order of the
 * rows. So the report is that of one machine.
 *
 * <p>The columns are the name of a sample ({@code utt}), its transcript ({@code text}), and where
 * they are known the number of its frames, or its features, from which the frames are counted if
 * they are an array of frames.
 *
 * <pre>{@code
 * LabelAudit audit = LabelAudit.builder().setAlphabet(alphabet).optSubsampling(2).build();
 * CorpusAudit.builder().optFramesColumn("frames").build().audit(rows, audit);
 * System.out.println(audit.report().toText());
 * }</pre>
 *
 * <p>Immutable.
 */
public final class CorpusAudit {

    private final String id;
    private final String text;
    private final String frames;
    private final String features;

    private CorpusAudit(Builder builder) {
        id = builder.id;
        text = builder.text;
        frames = builder.frames;
        features = builder.features;
    }

    /**
     * Creates a builder.
     *
     * @return a builder, of which nothing must be set
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Adds the samples of all rows to an audit.
     *
     * <p>A row without name or transcript, or whose features cannot be read, is added as one that
     * is not readable. What is left of the samples is kept in memory, and on the disks of the
     * executors, until all are added.
     *
     * @param rows the samples
     * @param audit has an alphabet
     * @throws IllegalArgumentException if a column is missing or of another type, or the audit has
     *     no alphabet
     */
    public void audit(Dataset<Row> rows, LabelAudit audit) {
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(audit, "audit");
        Dataset<Serializable> entries = entries(rows).persist(StorageLevel.MEMORY_AND_DISK_SER());
        try {
            // Else the partitions would be computed one after the other, as they are asked for.
            entries.count();
            Iterator<Serializable> all = entries.toLocalIterator();
            for (long row = 1; all.hasNext(); row++) {
                ((Entry) all.next()).addTo(audit, row);
            }
        } finally {
            entries.unpersist(true);
        }
    }

    private Dataset<Serializable> entries(Dataset<Row> rows) {
        Column none = lit(null);
        List<Column> chosen = new ArrayList<>();
        chosen.add(Columns.of(rows, id).cast(DataTypes.StringType).as("id"));
        chosen.add(Columns.of(rows, text).cast(DataTypes.StringType).as("text"));
        Column count = frames == null ? none : Columns.of(rows, frames);
        chosen.add(count.cast(DataTypes.LongType).as("frames"));
        if (features == null) {
            return rows.select(chosen.toArray(Column[]::new))
                    .map(
                            (MapFunction<Row, Serializable>) row -> Entry.of(row, row.get(2), null),
                            Encoders.javaSerialization(Serializable.class));
        }
        chosen.add(Columns.of(rows, features).as("features"));
        String given = frames == null ? null : "frames";
        return new EmissionColumns("features", given, 0)
                .select(rows.select(chosen.toArray(Column[]::new)))
                .map(
                        (MapFunction<Tuple2<Row, float[]>, Serializable>)
                                selected -> Entry.of(new EmittedUtterance(selected)),
                        Encoders.javaSerialization(Serializable.class));
    }

    /**
     * What is left of a row.
     *
     * @param sample null if it cannot be read
     * @param id its name, if it cannot be read
     * @param problem why not
     */
    private record Entry(AuditSample sample, String id, String problem) implements Serializable {

        static Entry of(EmittedUtterance utterance) {
            Row row = utterance.others();
            try {
                float[] values = utterance.scores();
                return of(row, utterance.givenFrames(), values);
            } catch (IllegalArgumentException e) {
                return new Entry(null, row.getString(0), e.getMessage());
            }
        }

        static Entry of(Row row, Object frames, float[] features) {
            String id = row.getString(0);
            String text = row.getString(1);
            if (id == null || text == null) {
                return new Entry(null, id, id == null ? "no name" : "no transcript");
            }
            AuditSample.Builder sample = AuditSample.builder().setId(id).setText(text);
            if (frames != null) {
                long count = (Long) frames;
                if (count < 0 || count > Integer.MAX_VALUE) {
                    return new Entry(null, id, "the number of frames is " + count);
                }
                sample.optFrames((int) count);
            }
            if (features != null) {
                sample.optFeatures(features);
            }
            return new Entry(sample.build(), null, null);
        }

        void addTo(LabelAudit audit, long row) {
            if (sample != null) {
                audit.add(sample);
            } else {
                audit.addUnreadable(id == null ? "row " + row : id, "unusable row", problem);
            }
        }
    }

    /** Builds a {@link CorpusAudit}. */
    public static final class Builder {

        private String id = "utt";
        private String text = "text";
        private String frames;
        private String features;

        private Builder() {}

        /**
         * Sets the column of the names of the samples.
         *
         * @param column its name, {@code utt} by default
         * @return this builder
         */
        public Builder optIdColumn(String column) {
            id = Objects.requireNonNull(column, "column");
            return this;
        }

        /**
         * Sets the column of the transcripts.
         *
         * @param column its name, {@code text} by default
         * @return this builder
         */
        public Builder optTextColumn(String column) {
            text = Objects.requireNonNull(column, "column");
            return this;
        }

        /**
         * Sets the column of the numbers of frames, before subsampling. Without one, and without
         * features that are an array of frames, lengths are not checked.
         *
         * @param column the name of a column of integers
         * @return this builder
         */
        public Builder optFramesColumn(String column) {
            frames = Objects.requireNonNull(column, "column");
            return this;
        }

        /**
         * Sets the column of the features, or of the sound that they are made from. Without one,
         * values and duplicates are not checked.
         *
         * @param column the name of a column of numbers, one array or an array of frames
         * @return this builder
         */
        public Builder optFeaturesColumn(String column) {
            features = Objects.requireNonNull(column, "column");
            return this;
        }

        /**
         * Builds the audit of columns.
         *
         * @return the audit of columns
         */
        public CorpusAudit build() {
            return new CorpusAudit(this);
        }
    }
}
