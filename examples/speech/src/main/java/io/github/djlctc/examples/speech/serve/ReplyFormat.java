package io.github.djlctc.examples.speech.serve;

import io.github.djlctc.examples.speech.transcript.TranscriptFormat;
import io.github.djlctc.examples.speech.transcript.Transcription;

import io.javalin.http.Context;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The format of a transcription in an answer. */
enum ReplyFormat {
    JSON(TranscriptFormat.JSON, "application/json"),
    TEXT(TranscriptFormat.TEXT, "text/plain; charset=utf-8"),
    SRT(TranscriptFormat.SRT, "application/x-subrip; charset=utf-8"),
    VTT(TranscriptFormat.VTT, "text/vtt; charset=utf-8");

    /** What the sound is called; the name that the client has for it is not known. */
    private static final String NAME = "sound";

    private final TranscriptFormat format;
    private final String contentType;

    ReplyFormat(TranscriptFormat format, String contentType) {
        this.format = format;
        this.contentType = contentType;
    }

    /**
     * Finds the format that a request asks for.
     *
     * @throws Refusal if there is none of that name
     */
    static ReplyFormat of(Context context) {
        String name = context.queryParam("format");
        return Arrays.stream(values())
                .filter(one -> one.format.toString().equals(name == null ? "json" : name))
                .findFirst()
                .orElseThrow(
                        () ->
                                Refusal.badRequest(
                                        "\"format\" must be one of "
                                                + Arrays.stream(values())
                                                        .map(one -> one.format.toString())
                                                        .collect(Collectors.joining(", "))));
    }

    void send(Context context, Transcription transcription) {
        context.contentType(contentType).result(format.write(transcription, NAME));
    }
}
