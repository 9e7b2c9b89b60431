package io.github.djlctc.examples.speech.corpus;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A recording of the Free Spoken Digit Dataset, as its file name {@code
 * {digit}_{speaker}_{take}.wav} says.
 */
record FsddRecording(SoundFile sound, int digit, String speaker, int take) {

    static final Comparator<FsddRecording> ORDER =
            Comparator.comparing(FsddRecording::speaker)
                    .thenComparing(FsddRecording::digit)
                    .thenComparing(FsddRecording::take);

    private static final List<String> WORDS =
            List.of("ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE");

    private static final Pattern NAME = Pattern.compile("([0-9])_([^_]+)_([0-9]{1,6})\\.wav");

    static boolean isOne(Path file) {
        return name(file).matches();
    }

    static FsddRecording of(SoundFile sound) {
        Matcher name = name(sound.file());
        if (!name.matches()) {
            throw new IllegalArgumentException(sound.file() + " is no recording of FSDD");
        }
        return new FsddRecording(
                sound,
                Integer.parseInt(name.group(1)),
                name.group(2),
                Integer.parseInt(name.group(3)));
    }

    private static Matcher name(Path file) {
        return NAME.matcher(file.getFileName().toString());
    }

    Path file() {
        return sound.file();
    }

    String word() {
        return WORDS.get(digit);
    }
}
