package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.speech.augment.*;
import io.github.djlctc.examples.speech.corpus.*;
import io.github.djlctc.examples.speech.feature.FeatureConfig;
import io.github.djlctc.examples.speech.model.*;
import io.github.djlctc.examples.speech.train.*;
import io.github.djlctc.text.Alphabet;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

@Command(name = "train")
final class TrainCommand implements Callable<Integer> {
    @Option(names = "--an4")
    Path an4;

    @Option(names = "--epochs")
    int epochs = 41;

    @Option(names = "--lr")
    float lr = 1.5e-3f;

    @Option(names = "--warm")
    int warm = 120;

    @Option(names = "--wd")
    float wd = 0.01f;

    @Option(names = "--dropout")
    float dropout = 0.3f;

    @Option(names = "--seed")
    long seed = 1;

    @Option(names = "--channels")
    int channels = 160;

    @Option(names = "--state")
    int state = 160;

    @Option(names = "--noise")
    float noise = 0.2f;

    @Option(names = "--model")
    Path model = Path.of("/tmp/an4model");

    public Integer call() throws Exception {
        SkippedSamples skipped = new SkippedSamples(SkippedSamples.Policy.SKIP);
        Corpus corpus =
                ManifestCorpus.builder()
                        .setTrain(an4.resolve("train_mfcc.jsonl"), an4.resolve("train_mfcc.npz"))
                        .setTest(an4.resolve("dev_mfcc.jsonl"), an4.resolve("dev_mfcc.npz"))
                        .build()
                        .load(skipped);
        Augmentation a =
                new Augmentation(
                        List.of(),
                        List.of(new CepstralWarp(0.85, 1.15, 8000), new Tempo(0.85, 1.15)),
                        List.of(new FeatureNoise(noise), new SpecAugment(2, 6, 2, 25, 0.2)));
        var run =
                new TrainingRun(
                        corpus,
                        Alphabet.ofCharacters(" ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
                        new ModelConfig(
                                FeatureConfig.precomputed(13, 0.01),
                                new ModelSize(channels, state, 2, 2, dropout)),
                        a,
                        new TrainingOptions(epochs, 16, lr, warm, wd, 3, 100, seed, model),
                        skipped);
        Evaluation e =
                run.run(
                        r ->
                                System.out.printf(
                                        "%3d  train %.4f  val %.4f  CER %.2f  WER %.2f  norm %.2f  lr %.5f  %.1fs %s%n",
                                        r.epoch(),
                                        r.trainingLoss(),
                                        r.validation().loss(),
                                        100 * r.validation().characters().rate(),
                                        100 * r.validation().words().rate(),
                                        r.gradientNorm(),
                                        r.learningRate(),
                                        r.seconds(),
                                        r.best() ? "*" : ""));
        skipped.summary(5).forEach(System.out::println);
        System.out.printf(
                "TEST CER %.2f WER %.2f%n", 100 * e.characters().rate(), 100 * e.words().rate());
        return 0;
    }
}
