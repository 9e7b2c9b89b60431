package io.github.djlctc.examples.htr;

import io.github.djlctc.examples.common.command.DataSource;
import io.github.djlctc.examples.common.command.IntermediateOptions;
import io.github.djlctc.examples.common.command.RecurrentOptions;
import io.github.djlctc.examples.common.command.TrainingCommand;
import io.github.djlctc.examples.common.command.TrainingDefaults;
import io.github.djlctc.examples.common.command.TrainingSetup;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.report.JsonOutput;
import io.github.djlctc.examples.common.train.MemoryBudget;
import io.github.djlctc.examples.htr.corpus.LineSample;
import io.github.djlctc.examples.htr.corpus.pen.PenCorpus;
import io.github.djlctc.examples.htr.model.HtrModel;
import io.github.djlctc.examples.htr.model.ModelConfig;
import io.github.djlctc.examples.htr.model.ModelSize;
import io.github.djlctc.examples.htr.train.LineCache;
import io.github.djlctc.examples.htr.train.LineReader;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code htr train}. */
@Command(
        name = "train",
        description =
                "Trains a reader and reports its errors on the test set. Without options it trains"
                        + " on generated handwriting.",
        sortOptions = false)
final class TrainCommand extends TrainingCommand<LineSample> {

    @Mixin private DataOptions data;
    @Mixin private InputOptions input;

    @Option(
            names = "--channels",
            paramLabel = "N",
            description =
                    "Channels of the first convolution; the others have 2, 4 and 6 times as many.")
    private Integer channels;

    @Mixin private RecurrentOptions recurrent;

    @Option(names = "--dropout", paramLabel = "P", description = "Dropout, 0 to below 1.")
    private Float dropout;

    @Option(
            names = "--ctc-shortcut",
            paramLabel = "W",
            description =
                    "The weight of the CTC loss of an auxiliary head on the convolutions, for"
                            + " training only; 0 for no such head (default: 0.1, MNIST 0).")
    private Float shortcutWeight;

    @Mixin private IntermediateOptions intermediate;

    @Option(names = "--no-augmentation", description = "Show the training lines as they are.")
    private boolean noAugmentation;

    @Override
    protected TrainingDefaults defaults() {
        return Recipe.of(data.kind()).training();
    }

    @Override
    protected DataSource<LineSample> data() {
        return data;
    }

    @Override
    protected TrainingSetup<LineSample> setUp(Corpus<LineSample> corpus) throws IOException {
        Recipe recipe = Recipe.of(data.kind());
        ModelConfig config = rules().checked(() -> config(recipe));
        HtrModel model = HtrModel.create(config, input.alphabet(corpus));
        return new TrainingSetup<>(
                corpus,
                model,
                new LineReader(
                        model.height(),
                        noAugmentation ? Recipe.NONE : recipe.augmentation(),
                        new LineCache(MemoryBudget.forTraining())),
                facts(config, model.alphabet().size()),
                JsonOutput.tree(config));
    }

    /** The words that the generator can write are known. */
    @Override
    protected Collection<String> knownWords() {
        return data.kind() == DataOptions.Kind.PEN ? PenCorpus.words() : List.of();
    }

    private static Map<String, String> facts(ModelConfig config, int classes) {
        ModelSize size = config.size();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("images", "lines of " + size.height() + " pixels in height");
        facts.put(
                "model",
                String.format(
                        "4 convolutions of %d to %d channels (1 frame of %d columns), %d"
                                + " bidirectional LSTM layers of %d%s, %d classes",
                        size.channels(),
                        6 * size.channels(),
                        ModelSize.SUBSAMPLING,
                        size.layers(),
                        size.stateSize(),
                        config.intermediate() == null
                                ? ""
                                : " " + config.intermediate().describe(size.layers()),
                        classes));
        return facts;
    }

    private ModelConfig config(Recipe recipe) {
        ModelSize size = size(input.size(recipe.size()));
        return new ModelConfig(
                size,
                Objects.requireNonNullElse(shortcutWeight, recipe.shortcutWeight()),
                input.letterCase(),
                intermediate.config());
    }

    private ModelSize size(ModelSize preset) {
        return new ModelSize(
                preset.height(),
                Objects.requireNonNullElse(channels, preset.channels()),
                recurrent.stateSize(preset.stateSize()),
                recurrent.layers(preset.layers()),
                Objects.requireNonNullElse(dropout, preset.dropout()));
    }
}
