package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.common.command.DataSource;
import io.github.djlctc.examples.common.command.EvaluationCommand;
import io.github.djlctc.examples.common.train.SampleReader;
import io.github.djlctc.examples.speech.corpus.Utterance;
import io.github.djlctc.examples.speech.model.SpeechModel;
import io.github.djlctc.examples.speech.train.UtteranceReader;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.nio.file.Path;

/** {@code speech evaluate}. */
@Command(name = "evaluate")
final class EvaluateCommand extends EvaluationCommand<Utterance, SpeechModel> {

    @Mixin private DataOptions data;

    @Override
    protected DataSource<Utterance> data() {
        return data;
    }

    @Override
    protected SpeechModel loadModel(Path folder) throws IOException {
        return SpeechModel.load(folder);
    }

    @Override
    protected SampleReader<Utterance> reader(SpeechModel model) {
        return UtteranceReader.plain(model);
    }
}
