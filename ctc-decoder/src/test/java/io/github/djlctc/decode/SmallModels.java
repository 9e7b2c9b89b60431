package io.github.djlctc.decode;

import io.github.djlctc.lm.NGramModel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Language models of a few words, and of single letters. */
final class SmallModels {

    static final NGramModel WORDS =
            arpa(
                    """
                    \\data\\
                    ngram 1=7
                    ngram 2=6
                    ngram 3=2

                    \\1-grams:
                    -1.7\t<unk>\t-0.1
                    -99\t<s>\t-0.4
                    -1.1\t</s>
                    -0.7\ta\t-0.3
                    -0.9\tab\t-0.2
                    -1.2\tb\t-0.25
                    -1.5\tba\t-0.05

                    \\2-grams:
                    -0.3\t<s> a\t-0.15
                    -0.8\t<s> ba\t-0.1
                    -0.5\ta b\t-0.35
                    -0.6\ta a\t-0.2
                    -0.4\tb </s>
                    -1.9\tab a\t-0.12

                    \\3-grams:
                    -0.2\t<s> a b
                    -0.9\ta a b

                    \\end\\
                    """);

    /** A model of tokens: letters, a word delimiter, and subwords. */
    static final NGramModel TOKENS =
            arpa(
                    """
                    \\data\\
                    ngram 1=8
                    ngram 2=5

                    \\1-grams:
                    -2.1\t<unk>\t-0.1
                    -99\t<s>\t-0.2
                    -1.3\t</s>
                    -0.6\ta\t-0.3
                    -0.8\tb\t-0.2
                    -0.7\t|\t-0.4
                    -1.0\t\u2581a\t-0.1
                    -1.4\t\u2581\t-0.15

                    \\2-grams:
                    -0.4\t<s> a
                    -0.5\ta |
                    -0.3\t| b
                    -1.6\ta b
                    -0.2\tb </s>

                    \\end\\
                    """);

    private SmallModels() {}

    static NGramModel arpa(String text) {
        try {
            Path file = Files.createTempFile("model", ".arpa");
            try {
                return NGramModel.read(Files.writeString(file, text));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
