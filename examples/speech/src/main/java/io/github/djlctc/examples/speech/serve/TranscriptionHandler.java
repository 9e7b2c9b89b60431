package io.github.djlctc.examples.speech.serve;

import io.github.djlctc.decode.Hotword;
import io.github.djlctc.examples.speech.audio.AudioFiles;
import io.github.djlctc.examples.speech.audio.AudioFormatException;
import io.github.djlctc.examples.speech.feature.UnsuitableSignalException;
import io.github.djlctc.examples.speech.live.HotwordException;
import io.github.djlctc.examples.speech.transcript.Transcription;

import io.javalin.http.Context;
import io.javalin.http.Handler;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code POST /v1/transcriptions}: a file in, its text out. */
final class TranscriptionHandler implements Handler {

    private final LiveServices services;
    private final Slots uploads;
    private final Path folder;

    /**
     * Creates the handler.
     *
     * @param services recognise
     * @param uploads how many may send at once
     * @param folder keeps what is sent
     */
    TranscriptionHandler(LiveServices services, Slots uploads, Path folder) {
        this.services = services;
        this.uploads = uploads;
        this.folder = folder;
    }

    @Override
    public void handle(Context context) throws IOException {
        ReplyFormat format = ReplyFormat.of(context);
        format.send(context, uploads.during(() -> receive(context)));
    }

    private Transcription receive(Context context) throws IOException {
        try (UploadedSound sound =
                UploadedSound.receive(context.req(), folder, services.limits().bodyBytes())) {
            List<String> phrases = new ArrayList<>(context.queryParams("hotword"));
            phrases.addAll(sound.hotwords());
            List<Hotword> hotwords = HotwordRules.of(phrases);
            return services.slots().during(() -> transcribe(sound.file(), hotwords));
        }
    }

    private Transcription transcribe(Path file, List<Hotword> hotwords) throws IOException {
        try (LimitedStream sound =
                new LimitedStream(AudioFiles.stream(file), services.limits().soundSeconds())) {
            Transcription transcription =
                    services.share()
                            .work(sound, part -> services.model().transcribe(part, hotwords));
            services.metrics().heard(sound.secondsRead());
            services.metrics().fileTranscribed();
            return transcription;
        } catch (AudioFormatException e) {
            // The name of the server's own file is nobody's business.
            String detail = e.detail().replaceAll("(file:)?\\Q" + file + "\\E", "the sound");
            throw Refusal.badRequest(e.reason() + ": " + detail);
        } catch (HotwordException | UnsuitableSignalException e) {
            throw Refusal.badRequest(e.getMessage());
        }
    }
}
