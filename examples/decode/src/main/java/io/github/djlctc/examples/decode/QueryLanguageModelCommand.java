package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.data.TextLines;
import io.github.djlctc.examples.common.report.JsonOutput;
import io.github.djlctc.lm.NGramModel;
import io.github.djlctc.lm.SentenceBoundary;
import io.github.djlctc.lm.SentenceQuery;
import io.github.djlctc.lm.WordProbability;
import io.github.djlctc.lm.WordSeparators;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code ctc-decode query-lm}. */
@Command(
        name = "query-lm",
        description = {
            "Scores the sentences of standard input, one a line, with an n-gram model.",
            "Prints each word with the order of the n-gram that was used and its log10 probability,"
                    + " then the totals, and the perplexity of all at the end."
        },
        sortOptions = false)
final class QueryLanguageModelCommand implements Callable<Integer> {

    private static final int BUFFER_SIZE = 1 << 16;

    @Spec private CommandSpec spec;

    @Option(
            names = "--lm",
            required = true,
            paramLabel = "FILE",
            description = "The model: ARPA, plain or gzip, or a KenLM binary.")
    private Path file;

    @Option(
            names = "--no-boundaries",
            description = "Score neither the start nor the end of sentences.")
    private boolean noBoundaries;

    @Option(names = "--json", description = "Print JSON, one object a sentence, and no summary.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        NGramModel model = NGramModel.read(file);
        model.warnings()
                .forEach(warning -> spec.commandLine().getErr().println("warning: " + warning));
        SentenceBoundary boundary =
                noBoundaries ? SentenceBoundary.ABSENT : SentenceBoundary.SCORED;
        PrintWriter out = spec.commandLine().getOut();
        PerplexitySum all = new PerplexitySum();
        // The decoder, unlike the charset, reports what is not UTF-8.
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(System.in, StandardCharsets.UTF_8.newDecoder()),
                        BUFFER_SIZE);
        StringBuilder text = new StringBuilder();
        boolean first = true;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            line = first ? TextLines.withoutMark(line) : line;
            first = false;
            SentenceQuery query = model.query(WordSeparators.split(line), boundary);
            all.add(query);
            if (json) {
                text.append(JsonOutput.line(object(line, query)));
            } else {
                append(text, query);
            }
            text.append(System.lineSeparator());
            // Who asks a sentence at a time has the answer at once.
            if (text.length() >= BUFFER_SIZE || !lines.ready()) {
                print(text, out);
            }
        }
        print(text, out);
        if (!json) {
            all.print(out);
        }
        return 0;
    }

    private static void print(StringBuilder text, PrintWriter out) {
        out.append(text);
        out.flush();
        text.setLength(0);
    }

    private static JsonObject object(String sentence, SentenceQuery query) {
        JsonArray words = new JsonArray();
        for (WordProbability word : query.words()) {
            JsonObject object = new JsonObject();
            object.addProperty("word", word.word());
            object.addProperty("order", word.order());
            object.add("log10", JsonOutput.number(word.log10()));
            words.add(object);
        }
        JsonObject object = new JsonObject();
        object.addProperty("sentence", sentence);
        object.add("words", words);
        object.add("log10Total", JsonOutput.number(query.log10()));
        return object;
    }

    private static void append(StringBuilder text, SentenceQuery query) {
        for (WordProbability word : query.words()) {
            text.append(word.word()).append('=').append(word.order()).append(' ');
            FixedDecimals.append(text, word.log10());
            text.append('\t');
        }
        text.append("total ");
        FixedDecimals.append(text, query.log10());
        text.append(", ").append(query.unknownWords()).append(" unknown");
    }
}
