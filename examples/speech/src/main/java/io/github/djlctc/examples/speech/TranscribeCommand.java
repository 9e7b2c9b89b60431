package io.github.djlctc.examples.speech;

import io.github.djlctc.decode.CTCDecoder;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.examples.common.ErrorText;
import io.github.djlctc.examples.common.Printable;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.command.DecoderOptions;
import io.github.djlctc.examples.common.command.EngineOptions;
import io.github.djlctc.examples.common.command.InputFiles;
import io.github.djlctc.examples.common.command.NamedFileOptions;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.common.command.SkippingOptions;
import io.github.djlctc.examples.common.command.WeightOptions;
import io.github.djlctc.examples.common.decoding.KnownWords;
import io.github.djlctc.examples.common.decoding.ModelDecoder;
import io.github.djlctc.examples.speech.audio.AudioFiles;
import io.github.djlctc.examples.speech.audio.AudioFormatException;
import io.github.djlctc.examples.speech.audio.AudioStream;
import io.github.djlctc.examples.speech.feature.UnsuitableSignalException;
import io.github.djlctc.examples.speech.model.SpeechModel;
import io.github.djlctc.examples.speech.transcribe.Transcriber;
import io.github.djlctc.examples.speech.transcript.Segment;
import io.github.djlctc.examples.speech.transcript.TimedToken;
import io.github.djlctc.examples.speech.transcript.TranscriptFormat;
import io.github.djlctc.examples.speech.transcript.TranscriptText;
import io.github.djlctc.examples.speech.transcript.Transcription;
import io.github.djlctc.text.Alphabet;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/** {@code speech transcribe}. */
@Command(
        name = "transcribe",
        description = "Writes down what is said in audio files.",
        sortOptions = false)
final class TranscribeCommand implements Callable<Integer> {

    private static final String N_BEST = "--nbest";
    private static final int SHOWN_SKIPPED = 5;

    private static final Set<TranscriptFormat> WITH_TOKENS =
            EnumSet.of(TranscriptFormat.TEXT, TranscriptFormat.JSON);
    private static final Set<TranscriptFormat> OF_ONE_SOUND =
            EnumSet.of(TranscriptFormat.SRT, TranscriptFormat.VTT, TranscriptFormat.TEXTGRID);

    @Spec private CommandSpec spec;

    @Mixin private EngineOptions engine;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "Audio files of any length, or folders of them: WAV, AIFF, AU, FLAC, MP3, Ogg"
                            + " Vorbis and Opus, SPHERE; what FFmpeg reads if it is there. \"-\" is"
                            + " the standard input.")
    private List<Path> files;

    @Option(
            names = "--model",
            defaultValue = "speech-model",
            paramLabel = "DIR",
            description = "The model (default: ${DEFAULT-VALUE}).")
    private Path folder;

    @Mixin private DecoderOptions decoderOptions;

    @Option(
            names = N_BEST,
            paramLabel = "N",
            description =
                    "With --format json, the N best texts of each segment, found by beam search"
                            + " (default: the best one).")
    private Integer nBest;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "How to write: ${COMPLETION-CANDIDATES} (default: text). srt and vtt are"
                            + " subtitles, ctm time-marked words of NIST, textgrid is for Praat.")
    private TranscriptFormat format;

    @Option(names = "--json", description = "The same as --format json.")
    private boolean json;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Write a file for each input into this folder, named after it, instead of"
                            + " printing; the names of both are printed.")
    private Path out;

    @Option(
            names = "--resume",
            description =
                    "With --out, pass over files whose transcript is in its folder already, and is"
                            + " no older than they are.")
    private boolean resume;

    @Option(
            names = "--times",
            description =
                    "In text and JSON, also write when each token starts and ends, in seconds.")
    private boolean times;

    @Mixin private SkippingOptions skipping;
    @Mixin private NamedFileOptions named;

    @Override
    public Integer call() throws Exception {
        checkOptions();
        checkDecoder();
        engine.apply();
        SkippedSamples skipped = skipping.newSkippedSamples();
        InputFiles found = InputFiles.find(files, AudioFiles.extensions());
        Optional<TranscriptFiles> targets = targets(found.files());
        int done;
        try (SpeechModel model = SpeechModel.load(folder)) {
            CTCDecoder decoder = decoder(model);
            done = transcribe(model, decoder, found.files(), targets, skipped);
        }
        PrintWriter err = spec.commandLine().getErr();
        found.leftNote().ifPresent(err::println);
        skipped.summary(SHOWN_SKIPPED).forEach(err::println);
        if (done == 0) {
            throw new IOException("nothing was transcribed");
        }
        return named.exitCode(found, skipped);
    }

    private void checkOptions() {
        OptionRules rules = new OptionRules(spec);
        if (json && format != null && format != TranscriptFormat.JSON) {
            throw rules.wrong("--json has no meaning with --format " + format);
        }
        if (!WITH_TOKENS.contains(format())) {
            rules.rejectMeaningless("with --format " + format(), "--times");
        }
        if (files.stream().filter(SoundInput::isStandardInput).count() > 1) {
            throw rules.wrong("- can be given only once: the standard input has one sound");
        }
    }

    private void checkDecoder() throws IOException {
        if (nBest == null) {
            decoderOptions.check(folder);
            return;
        }
        OptionRules rules = new OptionRules(spec);
        rules.requireWithin(1, WeightOptions.MOST_HYPOTHESES, N_BEST, nBest);
        if (format() != TranscriptFormat.JSON) {
            rules.rejectMeaningless("without --format json", N_BEST);
        }
        decoderOptions.checkSearch(folder, N_BEST);
    }

    private TranscriptFormat format() {
        if (format != null) {
            return format;
        }
        return json ? TranscriptFormat.JSON : TranscriptFormat.TEXT;
    }

    /** Returns the files to write; nothing if transcripts are printed. */
    private Optional<TranscriptFiles> targets(List<Path> inputs) throws IOException {
        OptionRules rules = new OptionRules(spec);
        if (out == null) {
            rules.rejectMeaningless("without --out", "--resume");
            if (inputs.size() > 1 && OF_ONE_SOUND.contains(format())) {
                throw rules.wrong("--format " + format() + " of several files needs --out DIR");
            }
            return Optional.empty();
        }
        TranscriptFiles targets = new TranscriptFiles(out, format(), inputs);
        Optional<Path> overwritten = targets.overwritten();
        if (overwritten.isPresent()) {
            throw rules.wrong(
                    "--out %s would overwrite %s, which is to be read; write into another folder"
                            .formatted(out, overwritten.get()));
        }
        targets.createFolder();
        return Optional.of(targets);
    }

    private CTCDecoder decoder(SpeechModel model) throws IOException {
        ModelDecoder chosen = decoderOptions.load(folder, model);
        return nBest != null
                ? chosen.search(List.of(), builder -> builder.optNBest(nBest))
                : chosen.decoder();
    }

    private int transcribe(
            SpeechModel model,
            CTCDecoder decoder,
            List<Path> inputs,
            Optional<TranscriptFiles> targets,
            SkippedSamples skipped)
            throws IOException {
        Transcriber transcriber = new Transcriber(model, decoder);
        KnownWords known = new KnownWords(decoder);
        int done = 0;
        int earlier = 0;
        for (Path input : inputs) {
            if (resume && targets.isPresent() && targets.get().isDone(input)) {
                earlier++;
                continue;
            }
            Optional<Transcription> found = transcribe(transcriber, input, skipped);
            if (found.isPresent()) {
                write(input, found.get(), targets);
                warnIfNothingFits(input, found.get());
                known.add(hypotheses(found.get(), model.alphabet()));
                done++;
            }
        }
        decoderOptions.warnOfUnknown(known);
        if (earlier > 0) {
            spec.commandLine()
                    .getErr()
                    .println("passed over " + earlier + " with a transcript in " + out);
        }
        return done + earlier;
    }

    private static Optional<Transcription> transcribe(
            Transcriber transcriber, Path input, SkippedSamples skipped) {
        try (AudioStream sound = SoundInput.open(input);
                TranscriptionProgress progress = new TranscriptionProgress(input)) {
            return Optional.of(transcriber.transcribe(sound, progress));
        } catch (AudioFormatException e) {
            skipped.add(input.toString(), e.reason(), e.detail());
        } catch (IOException e) {
            skipped.add(input.toString(), "audio file unreadable", ErrorText.of(e));
        } catch (UnsuitableSignalException e) {
            skipped.add(input.toString(), "unsuitable for the model", e.getMessage());
        }
        return Optional.empty();
    }

    private void write(Path input, Transcription transcription, Optional<TranscriptFiles> targets)
            throws IOException {
        PrintWriter printed = spec.commandLine().getOut();
        if (targets.isPresent()) {
            Path target = targets.get().write(input, content(input, transcription));
            printed.println(
                    Printable.line(input.toString()) + "\t" + Printable.line(target.toString()));
        } else if (format() == TranscriptFormat.TEXT) {
            printed.println(
                    Printable.line(input.toString()) + "\t" + Printable.line(transcription.text()));
            if (times) {
                transcription.segments().stream()
                        .map(TranscriptText::tokenLines)
                        .forEach(printed::print);
            }
        } else {
            printed.print(content(input, transcription));
        }
        printed.flush();
    }

    private String content(Path input, Transcription transcription) {
        return times
                ? format().writeWithTokens(transcription, input.toString())
                : format().write(transcription, input.toString());
    }

    private void warnIfNothingFits(Path input, Transcription transcription) {
        long none =
                transcription.segments().stream()
                        .filter(segment -> segment.score() == Double.NEGATIVE_INFINITY)
                        .count();
        if (none > 0) {
            spec.commandLine()
                    .getErr()
                    .printf(
                            "warning: %s: nothing that the lexicon permits fits %d of %d segments, so"
                                    + " they have no text%n",
                            Printable.line(input.toString()),
                            none,
                            transcription.segments().size());
        }
    }

    private static List<Hypothesis> hypotheses(Transcription transcription, Alphabet alphabet) {
        return transcription.segments().stream().map(s -> hypothesis(s, alphabet)).toList();
    }

    /** Returns what was decoded, but for its frames. */
    private static Hypothesis hypothesis(Segment segment, Alphabet alphabet) {
        List<TokenSpan> tokens = new ArrayList<>();
        for (TimedToken token : segment.tokens()) {
            int id = alphabet.indexOf(token.token()).orElseThrow();
            tokens.add(
                    new TokenSpan(
                            id,
                            token.token(),
                            tokens.size(),
                            tokens.size() + 1,
                            token.logProbability()));
        }
        return Hypothesis.of(alphabet, tokens, segment.score());
    }
}
