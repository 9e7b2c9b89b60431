package io.github.djlctc.spark;

import io.github.djlctc.decode.LabelPrior;
import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.testdata.EmissionSet;
import io.github.djlctc.testdata.RecordedUtterance;
import io.github.djlctc.text.Alphabet;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CorpusLabelPriorTest {

    private static final StructType SCHEMA = new StructType().add("emissions", "array<float>");

    private static Row row(float[] values) {
        Float[] boxed = new Float[values.length];
        for (int i = 0; i < boxed.length; i++) {
            boxed[i] = values[i];
        }
        return RowFactory.create(new Object[] {boxed});
    }

    @Test
    void thePriorIsThatOfOneMachineToTheLastBit() throws IOException {
        Alphabet alphabet = Alphabet.read(EmissionSet.ownAlphabet());
        List<RecordedUtterance> utterances = EmissionSet.own("weak");
        List<Row> rows = new ArrayList<>();
        utterances.forEach(utterance -> rows.add(row(utterance.emissions())));
        rows.add(row(new float[3]));
        rows.add(RowFactory.create(new Object[] {null}));
        Dataset<Row> shuffled = LocalSpark.session().createDataFrame(rows, SCHEMA).repartition(5);

        LabelPrior prior =
                CorpusLabelPrior.estimate(shuffled, "emissions", alphabet, EmissionScale.LOGITS);

        LabelPrior expected =
                LabelPrior.estimate(
                        alphabet, utterances.stream().map(RecordedUtterance::emissions).toList());
        assertThat(prior.frames()).isEqualTo(expected.frames());
        for (int id = 0; id < alphabet.size(); id++) {
            assertThat(prior.logProbability(id)).isEqualTo(expected.logProbability(id));
        }
    }

    @Test
    void nothingToEstimateFromIsAnError() {
        Dataset<Row> none =
                LocalSpark.session().createDataFrame(List.of(row(new float[0])), SCHEMA);

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                CorpusLabelPrior.estimate(
                                        none,
                                        "emissions",
                                        Alphabet.ofCharacters("ab"),
                                        EmissionScale.LOGITS))
                .withMessageContaining("at least one frame");
    }
}
