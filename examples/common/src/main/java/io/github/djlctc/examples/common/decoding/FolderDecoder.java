package io.github.djlctc.examples.common.decoding;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.LabelPrior;
import io.github.djlctc.decode.LanguageModelFit;
import io.github.djlctc.decode.LanguageModelUnit;
import io.github.djlctc.examples.common.ErrorText;
import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.examples.common.serving.ServingArguments;
import io.github.djlctc.file.AtomicFile;
import io.github.djlctc.lm.Lexicon;
import io.github.djlctc.lm.NGramModel;
import io.github.djlctc.text.Alphabet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the folder of a model says that its texts are found: {@code decoder.json}, which training
 * writes, and the files that it names.
 */
public final class FolderDecoder {

    /** The name of the file. */
    public static final String FILE = "decoder.json";

    private static final double DEFAULT_PRIOR_WEIGHT = 0.5;

    private final Path folder;
    private final DecoderSettings settings;

    private FolderDecoder(Path folder, DecoderSettings settings) {
        this.folder = folder;
        this.settings = settings;
    }

    /**
     * Reads what the folder says.
     *
     * @param folder the folder of a model
     * @return the decoder; a greedy one if the folder has no such file
     * @throws IOException if the file is damaged; the message names it
     */
    public static FolderDecoder read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return greedy();
        }
        try {
            return new FolderDecoder(folder, DecoderSettings.parse(Files.readString(file)));
        } catch (IOException e) {
            throw problem(file, ErrorText.of(e), e);
        }
    }

    /**
     * Returns the decoder of a folder that says nothing.
     *
     * @return a greedy decoder
     */
    public static FolderDecoder greedy() {
        return new FolderDecoder(Path.of(""), DecoderSettings.greedy());
    }

    /** Writes the file, over another. */
    static void write(Path folder, DecoderSettings settings) throws IOException {
        Path file = folder.resolve(FILE);
        OutputFileException.guard(file, () -> AtomicFile.writeString(file, settings + "\n"));
    }

    /**
     * Tells whether there is nothing to search with.
     *
     * @return true if the likeliest class of each frame is taken
     */
    public boolean isGreedy() {
        return settings.method() == DecoderSettings.Method.GREEDY;
    }

    /**
     * Tells whether a language model is used.
     *
     * @return false also if the decoder is greedy
     */
    public boolean hasLanguageModel() {
        return settings.languageModel() != null;
    }

    /**
     * Returns what reports call the beam search.
     *
     * @return such as "with lm.arpa.gz and lexicon.txt"
     */
    public String name() {
        List<String> files =
                Stream.of(settings.languageModel(), settings.lexicon())
                        .filter(Objects::nonNull)
                        .toList();
        return files.isEmpty() ? "beam search" : "with " + String.join(" and ", files);
    }

    /**
     * Reads the files.
     *
     * @param alphabet the classes of the model
     * @return what is in them; its lexicon is open to hotwords
     * @throws IOException if a file cannot be used; the message names it
     */
    public SearchKnowledge load(Alphabet alphabet) throws IOException {
        SearchKnowledge knowledge = SearchKnowledge.NONE;
        try {
            if (settings.languageModel() != null) {
                NGramModel model = NGramModel.read(folder.resolve(settings.languageModel()));
                knowledge = knowledge.withLanguageModel(model, unit(model, alphabet));
            }
            if (settings.lexicon() != null) {
                knowledge =
                        knowledge.withLexicon(
                                Lexicon.read(folder.resolve(settings.lexicon())),
                                SearchKnowledge.LexiconUse.OPEN_TO_HOTWORDS);
            }
            if (settings.labelPrior() != null) {
                knowledge = knowledge.withLabelPrior(prior(alphabet), priorWeight());
            }
            return knowledge;
        } catch (IOException e) {
            throw problem(folder.resolve(FILE), ErrorText.of(e), e);
        }
    }

    private LanguageModelUnit unit(NGramModel model, Alphabet alphabet) {
        return settings.unit().orElseGet(() -> LanguageModelFit.unitOf(model, alphabet));
    }

    private LabelPrior prior(Alphabet alphabet) throws IOException {
        Path file = folder.resolve(settings.labelPrior());
        LabelPrior prior = LabelPrior.read(file);
        Optional<String> mismatch = prior.mismatch(alphabet);
        if (mismatch.isPresent()) {
            throw new IOException(file + ": " + mismatch.get());
        }
        return prior;
    }

    private double priorWeight() {
        return Objects.requireNonNullElse(settings.labelPriorWeight(), DEFAULT_PRIOR_WEIGHT);
    }

    /**
     * Sets the weights of the search.
     *
     * @param builder the builder of the decoder
     */
    public void applyWeights(BeamSearchDecoder.Builder builder) {
        if (settings.alpha() != null) {
            builder.optLanguageModelWeight(settings.alpha());
        }
        if (settings.beta() != null) {
            builder.optWordInsertionBonus(settings.beta());
        }
    }

    /**
     * Adds the decoder to the arguments of a model that is exported.
     *
     * @param arguments takes it, under the names of {@link io.github.djlctc.serving.CtcArguments}
     */
    public void addTo(ServingArguments arguments) {
        arguments.addFile("ctc.languageModel", file(settings.languageModel()), "language-model");
        arguments.add("ctc.languageModelUnit", settings.languageModelUnit());
        arguments.addFile("ctc.lexicon", file(settings.lexicon()), "lexicon");
        arguments.add("ctc.alpha", settings.alpha());
        arguments.add("ctc.beta", settings.beta());
        if (settings.labelPrior() != null) {
            arguments.addFile("ctc.labelPrior", file(settings.labelPrior()), "label-prior");
            arguments.add("ctc.labelPriorWeight", priorWeight());
        }
    }

    private Path file(String name) {
        return name == null ? null : folder.resolve(name);
    }

    private static IOException problem(Path file, String problem, Exception cause) {
        return new IOException(
                file + ": " + problem + " (train again, or decode with --greedy)", cause);
    }
}
