package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.speech.corpus.Utterance;
import io.github.djlctc.examples.speech.train.TinyCorpus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The tiny corpus as manifests and archives of features. */
final class TinyManifest {

    private TinyManifest() {}

    /** Writes all splits; returns the options that read them. */
    static List<String> write(Path folder) throws IOException {
        Corpus<Utterance> corpus = TinyCorpus.corpus();
        FeatureManifest.write(folder, "train", corpus.train());
        FeatureManifest.write(folder, "validation", corpus.validation());
        FeatureManifest.write(folder, "test", corpus.test());
        List<String> options = new ArrayList<>(List.of("--data=manifest"));
        for (String split : List.of("train", "validation", "test")) {
            options.add("--" + split + "=" + folder.resolve(split + ".jsonl"));
            options.add("--" + split + "-features=" + folder.resolve(split + ".npz"));
        }
        return options;
    }
}
