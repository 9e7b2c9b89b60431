package io.github.djlctc.serving;

import ai.djl.Model;

import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.VocabularyFormat;
import io.github.djlctc.translate.ModelAlphabet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the alphabet that arguments, or the model itself, name. */
final class AlphabetArguments {

    private static final String FILE = "ctc.alphabet";
    private static final String FORMAT = "ctc.vocabularyFormat";
    private static final String BLANK = "ctc.blank";
    private static final String WORD_DELIMITER = "ctc.wordDelimiter";
    private static final String NO_DELIMITER = "none";

    static final Set<String> NAMES = Set.of(FILE, FORMAT, BLANK, WORD_DELIMITER);

    private static final List<String> USUAL_FILES =
            List.of("alphabet.json", "alphabet.txt", "tokens.txt", "vocab.json");

    private final ArgumentReader reader;

    AlphabetArguments(ArgumentReader reader) {
        this.reader = reader;
    }

    Alphabet alphabet(Model model) throws IOException {
        Alphabet alphabet = withoutDelimiter(model);
        Optional<String> delimiter = reader.text(WORD_DELIMITER);
        if (delimiter.isEmpty()) {
            return alphabet;
        }
        Alphabet.Builder builder = alphabet.toBuilder();
        reader.check(
                WORD_DELIMITER,
                () -> {
                    if (delimiter.get().equals(NO_DELIMITER)) {
                        builder.optNoWordDelimiter();
                    } else {
                        builder.optWordDelimiter(delimiter.get());
                    }
                    builder.build();
                });
        return builder.build();
    }

    private Alphabet withoutDelimiter(Model model) throws IOException {
        Optional<Path> file = reader.file(FILE);
        if (file.isEmpty()) {
            Optional<Alphabet> ofModel = ModelAlphabet.of(model);
            if (ofModel.isPresent()) {
                rejectSettingsOfFile();
                return ofModel.get();
            }
            file =
                    USUAL_FILES.stream()
                            .map(model.getModelPath()::resolve)
                            .filter(Files::isRegularFile)
                            .findFirst();
        }
        return read(
                file.orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "there is no alphabet: the folder %s holds none of %s; name its file by the argument %s"
                                                .formatted(
                                                        model.getModelPath(),
                                                        String.join(", ", USUAL_FILES),
                                                        FILE))));
    }

    private void rejectSettingsOfFile() {
        for (String name : List.of(FORMAT, BLANK)) {
            if (reader.text(name).isPresent()) {
                throw new IllegalArgumentException(
                        "argument %s has no meaning without %s, since the model has its alphabet"
                                .formatted(name, FILE));
            }
        }
    }

    private Alphabet read(Path file) throws IOException {
        Optional<VocabularyFormat> format = reader.choice(FORMAT, VocabularyFormat.class);
        VocabularyFormat used = format.isPresent() ? format.get() : VocabularyFormat.of(file);
        Optional<String> blank = reader.text(BLANK);
        return blank.isPresent()
                ? Alphabet.read(file, used, blank.get())
                : Alphabet.read(file, used);
    }
}
