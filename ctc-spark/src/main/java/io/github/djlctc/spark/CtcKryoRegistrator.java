package io.github.djlctc.spark;

import io.github.djlctc.align.Alignment;
import io.github.djlctc.decode.BeamSearchResult;
import io.github.djlctc.decode.Hotword;
import io.github.djlctc.decode.HotwordOutcome;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.decode.LabelPrior;
import io.github.djlctc.decode.LabelPriorEstimator;
import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.emission.WordSpan;
import io.github.djlctc.lm.Lexicon;
import io.github.djlctc.metric.ErrorCounts;
import io.github.djlctc.text.Alphabet;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import org.apache.spark.serializer.KryoRegistrator;

import java.util.List;

/**
 * Lets Kryo serialise the library's results and inputs, as Java does, for RDDs of a session with
 * {@code spark.serializer=org.apache.spark.serializer.KryoSerializer}: set {@code
 * spark.kryo.registrator=io.github.djlctc.spark.CtcKryoRegistrator}. Kryo by itself refuses
 * records.
 */
public final class CtcKryoRegistrator implements KryoRegistrator {

    private static final List<Class<?>> TYPES =
            List.of(
                    Alignment.class,
                    Alphabet.class,
                    BeamSearchResult.class,
                    ErrorCounts.class,
                    Hotword.class,
                    HotwordOutcome.class,
                    Hypothesis.class,
                    LabelPrior.class,
                    LabelPriorEstimator.class,
                    Lexicon.class,
                    TokenSpan.class,
                    WordSpan.class);

    /** Creates the registrator; Spark does. */
    public CtcKryoRegistrator() {}

    @Override
    public void registerClasses(Kryo kryo) {
        TYPES.forEach(type -> kryo.register(type, new JavaSerializer()));
    }
}
