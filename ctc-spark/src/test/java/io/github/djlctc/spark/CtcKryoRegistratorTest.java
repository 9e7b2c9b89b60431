package io.github.djlctc.spark;

import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.metric.ErrorCounts;
import io.github.djlctc.text.Alphabet;

import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Test;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

import static org.assertj.core.api.Assertions.assertThat;

class CtcKryoRegistratorTest {

    private static final Alphabet LETTERS = Alphabet.ofCharacters(" ab");

    private final SerializerInstance kryo =
            new KryoSerializer(
                            new SparkConf(false)
                                    .set(
                                            "spark.kryo.registrator",
                                            CtcKryoRegistrator.class.getName()))
                    .newInstance();

    private <T> T copy(T value, Class<T> type) {
        ClassTag<T> tag = ClassTag$.MODULE$.apply(type);
        return kryo.deserialize(kryo.serialize(value, tag), tag);
    }

    @Test
    void resultsAndAlphabetsAreTheSameAfterwards() {
        Hypothesis hypothesis =
                new GreedyDecoder(LETTERS).decode(new float[] {0, 0, 9, 0, 9, 0, 0, 0}, 2);
        ErrorCounts counts = new ErrorCounts(1, 2, 3, 4);

        assertThat(copy(hypothesis, Hypothesis.class)).isEqualTo(hypothesis);
        assertThat(copy(counts, ErrorCounts.class)).isEqualTo(counts);
        assertThat(copy(LETTERS, Alphabet.class)).isEqualTo(LETTERS);
    }
}
