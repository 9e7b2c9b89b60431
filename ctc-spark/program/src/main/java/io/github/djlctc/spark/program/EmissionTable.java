package io.github.djlctc.spark.program;

import io.github.djlctc.emission.EmissionScale;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

import java.util.List;

/** Emissions as rows with {@code utt}, {@code emissions}, and maybe {@code error} and others. */
interface EmissionTable {

    /** Returns the number of utterances. */
    long size();

    /** Returns the ids of the utterances. */
    List<String> ids();

    /** Returns what the values are. */
    EmissionScale scale();

    /** Returns the utterances that a label prior is estimated from. */
    Dataset<Row> priorSample();

    /** Describes that sample in words. */
    String priorDescription();

    /**
     * Divides the utterances into rounds of work, each of which is done as a whole.
     *
     * @param done the utterances to leave out, as rows with {@code utt}; null for none
     */
    List<Dataset<Row>> rounds(Dataset<Row> done, SparkOptions spark);
}
