package io.github.djlctc.examples.speech.transcript;

import java.util.Locale;
import java.util.Objects;

/** A format that transcriptions are written in. */
public enum TranscriptFormat {
    /** The text of each segment on a line. */
    TEXT("txt"),
    /** An object of JSON in one line: text, segments and words with their times. */
    JSON("json"),
    /** SubRip subtitles. */
    SRT("srt"),
    /** WebVTT subtitles, in which uncertain words are styled. */
    VTT("vtt"),
    /** The time-marked words of NIST's scoring toolkit. */
    CTM("ctm"),
    /** A Praat TextGrid with tiers of words and segments. */
    TEXTGRID("TextGrid");

    private final String extension;

    TranscriptFormat(String extension) {
        this.extension = extension;
    }

    /**
     * Writes a transcription.
     *
     * @param transcription what was said
     * @param name what the sound is called, such as the name of its file; JSON and CTM have it
     * @return the whole content of a file, to be saved as UTF-8; ends with a line feed unless empty
     */
    public String write(Transcription transcription, String name) {
        Objects.requireNonNull(transcription, "transcription");
        Objects.requireNonNull(name, "name");
        return switch (this) {
            case TEXT -> TranscriptText.write(transcription);
            case JSON -> TranscriptJson.write(transcription, name);
            case SRT -> SubRip.write(transcription);
            case VTT -> WebVtt.write(transcription);
            case CTM -> Ctm.write(transcription, name);
            case TEXTGRID -> PraatTiers.write(transcription);
        };
    }

    /**
     * Writes a transcription, and in text and JSON also when each token was said.
     *
     * @param transcription what was said
     * @param name what the sound is called
     * @return as of {@link #write}
     */
    public String writeWithTokens(Transcription transcription, String name) {
        return switch (this) {
            case TEXT -> TranscriptText.writeWithTokens(transcription);
            case JSON -> TranscriptJson.writeWithTokens(transcription, name);
            default -> write(transcription, name);
        };
    }

    /**
     * Returns how the names of files of this format end.
     *
     * @return the extension without the dot
     */
    public String extension() {
        return extension;
    }

    /** {@return the name as options have it, in lower case} */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
