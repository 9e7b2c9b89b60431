package io.github.djlctc.examples.htr;

import io.github.djlctc.examples.common.command.ModelExportCommand;
import io.github.djlctc.examples.common.serving.ServedModel;
import io.github.djlctc.examples.htr.model.HtrModel;
import io.github.djlctc.examples.htr.serving.HtrBlockFactory;
import io.github.djlctc.examples.htr.serving.HtrTranslatorFactory;

import picocli.CommandLine.Command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** {@code htr export}. */
@Command(name = "export")
final class ExportCommand extends ModelExportCommand<HtrModel> {

    @Override
    protected HtrModel loadModel(Path folder) throws IOException {
        return HtrModel.load(folder);
    }

    @Override
    protected ServedModel served(HtrModel model) {
        return new ServedModel(
                model.djlModel().getName(),
                HtrBlockFactory.class,
                HtrTranslatorFactory.class,
                OptionalDouble.empty());
    }
}
