package io.github.djlctc.examples.speech;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;

import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.corpus.Utterance;
import io.github.djlctc.examples.speech.corpus.synthetic.SyntheticCorpus;
import io.github.djlctc.examples.speech.model.SpeechModel;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Makes the emissions that tests decode: log probabilities of a trained model for the first test
 * utterances of the synthetic corpus. Not a test; its command is in the README beside them.
 */
final class EmissionWriter {

    private static final int UTTERANCES = 20;

    /** Log probabilities are rounded to so much and no lower than this, so that they pack well. */
    private static final float STEP = 1 / 32f;

    private static final float LOWEST = -20;

    private EmissionWriter() {}

    /** Reads the model of the first argument's folder and writes the second one's archive. */
    public static void main(String[] arguments) throws IOException {
        Corpus<Utterance> corpus =
                SyntheticCorpus.builder().optSeed(1).optTestUtterances(UTTERANCES).build();
        List<String> references = new ArrayList<>();
        try (SpeechModel model = SpeechModel.load(Path.of(arguments[0]));
                NDManager manager = model.djlModel().getNDManager().newSubManager()) {
            NDList all = new NDList();
            for (Utterance utterance : corpus.test()) {
                NDArray emissions = emissions(model, utterance, manager);
                emissions.setName(utterance.id());
                all.add(emissions);
                references.add(
                        "{\"utt\": \"%s\", \"text\": \"%s\"}"
                                .formatted(utterance.id(), upperCase(utterance)));
            }
            Path archive = Path.of(arguments[1]);
            try (OutputStream out = Files.newOutputStream(archive)) {
                all.encode(out, NDList.Encoding.NPZ);
            }
            Files.write(archive.resolveSibling("references.jsonl"), references);
            Files.write(
                    archive.resolveSibling("sentences.txt"),
                    corpus.train().stream().map(EmissionWriter::upperCase).toList());
        }
    }

    private static String upperCase(Utterance utterance) {
        return utterance.text().toUpperCase(Locale.ROOT);
    }

    private static NDArray emissions(SpeechModel model, Utterance utterance, NDManager manager)
            throws IOException {
        FeatureMatrix features =
                model.extractor().extract(model.atModelRate(utterance.source().read()));
        Shape shape = new Shape(1, features.frames(), features.dimensions());
        NDList input =
                new NDList(
                        manager.create(features.values(), shape),
                        manager.create(new long[] {features.frames()}));
        NDArray logits =
                model.djlModel()
                        .getBlock()
                        .forward(new ParameterStore(manager, false), input, false)
                        .head();
        return logits.squeeze(0).logSoftmax(1).maximum(LOWEST).div(STEP).round().mul(STEP);
    }
}
