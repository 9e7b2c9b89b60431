package io.github.djlctc.examples.htr;

import io.github.djlctc.examples.common.command.DataSource;
import io.github.djlctc.examples.common.command.EmissionsCommand;
import io.github.djlctc.examples.common.train.SampleReader;
import io.github.djlctc.examples.htr.corpus.LineSample;
import io.github.djlctc.examples.htr.model.HtrModel;
import io.github.djlctc.examples.htr.train.LineReader;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.nio.file.Path;

/** {@code htr emissions}. */
@Command(name = "emissions")
final class WriteEmissionsCommand extends EmissionsCommand<LineSample, HtrModel> {

    @Mixin private DataOptions data;

    @Override
    protected DataSource<LineSample> data() {
        return data;
    }

    @Override
    protected HtrModel loadModel(Path folder) throws IOException {
        return HtrModel.load(folder);
    }

    @Override
    protected SampleReader<LineSample> reader(HtrModel model) {
        return LineReader.plain(model.height());
    }
}
