package io.github.djlctc.spark.program;

import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.examples.common.ErrorText;
import io.github.djlctc.examples.common.emission.Emissions;
import io.github.djlctc.examples.common.emission.Utterance;
import io.github.djlctc.text.Alphabet;

import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.Tuple4;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Emissions in a file that all executors can read: an archive or a folder of arrays. Each process
 * opens it once.
 *
 * @param path the file, absolute
 * @param alphabet the classes of the model
 * @param scale what the values are
 */
record EmissionFile(String path, Alphabet alphabet, EmissionScale scale) implements Serializable {

    private static final Map<EmissionFile, Emissions> OPENED = new ConcurrentHashMap<>();

    /** Opens the file, or returns what this process has opened; never closed. */
    Emissions open() throws IOException {
        Emissions opened = OPENED.get(this);
        if (opened != null) {
            return opened;
        }
        synchronized (OPENED) {
            opened = OPENED.get(this);
            if (opened == null) {
                opened = Emissions.open(Path.of(path), alphabet, scale);
                OPENED.put(this, opened);
            }
            return opened;
        }
    }

    /**
     * Returns rows with {@code utt}, {@code emissions} as logits, {@code frames}, and {@code error}
     * for an utterance that cannot be read.
     *
     * @param session runs the reading
     * @param indexes the numbers of the utterances to read
     */
    Dataset<Row> rows(SparkSession session, Dataset<Long> indexes) {
        return indexes.mapPartitions(
                        (MapPartitionsFunction<Long, Tuple4<String, float[], Integer, String>>)
                                this::read,
                        Encoders.tuple(
                                Encoders.STRING(),
                                session.implicits().newFloatArrayEncoder(),
                                Encoders.INT(),
                                Encoders.STRING()))
                .toDF("utt", "emissions", "frames", "error");
    }

    private Iterator<Tuple4<String, float[], Integer, String>> read(Iterator<Long> indexes)
            throws IOException {
        Emissions emissions = open();
        return new Iterator<>() {

            @Override
            public boolean hasNext() {
                return indexes.hasNext();
            }

            @Override
            public Tuple4<String, float[], Integer, String> next() {
                return row(emissions, Math.toIntExact(indexes.next()));
            }
        };
    }

    private static Tuple4<String, float[], Integer, String> row(Emissions emissions, int index) {
        try {
            Utterance utterance = emissions.read(index);
            return new Tuple4<>(utterance.id(), utterance.emissions(), utterance.frames(), null);
        } catch (IOException e) {
            return new Tuple4<>(emissions.ids().get(index), null, null, ErrorText.of(e));
        }
    }
}
