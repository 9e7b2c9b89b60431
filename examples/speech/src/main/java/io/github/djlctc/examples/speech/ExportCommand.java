package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.common.command.ModelExportCommand;
import io.github.djlctc.examples.common.serving.ServedModel;
import io.github.djlctc.examples.speech.feature.FeatureConfig;
import io.github.djlctc.examples.speech.model.SpeechModel;
import io.github.djlctc.examples.speech.serving.SpeechBlockFactory;
import io.github.djlctc.examples.speech.serving.SpeechTranslatorFactory;

import picocli.CommandLine.Command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** {@code speech export}. */
@Command(name = "export")
final class ExportCommand extends ModelExportCommand<SpeechModel> {

    @Override
    protected SpeechModel loadModel(Path folder) throws IOException {
        return SpeechModel.load(folder);
    }

    @Override
    protected ServedModel served(SpeechModel model) throws IOException {
        if (model.config().features().kind() != FeatureConfig.Kind.LOG_MEL) {
            throw new IOException(
                    "the model reads precomputed features; only one that reads sound can be"
                            + " exported");
        }
        return new ServedModel(
                model.djlModel().getName(),
                SpeechBlockFactory.class,
                SpeechTranslatorFactory.class,
                OptionalDouble.of(model.secondsPerFrame()));
    }
}
