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
import java.util.Locale;
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
                        new InputStreamReader(System.in, StandardCharsets.UTF_8.newDecoder()));
        boolean first = true;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            line = first ? TextLines.withoutMark(line) : line;
            first = false;
            SentenceQuery query = model.query(WordSeparators.split(line), boundary);
            all.add(query);
            out.println(json ? JsonOutput.line(object(line, query)) : text(query));
            out.flush();
        }
        if (!json) {
            all.print(out);
        }
        return 0;
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

    private static String text(SentenceQuery query) {
        StringBuilder text = new StringBuilder();
        for (WordProbability word : query.words()) {
            text.append(
                    String.format(
                            Locale.ROOT, "%s=%d %.6f\t", word.word(), word.order(), word.log10()));
        }
        return text
                + String.format(
                        Locale.ROOT, "total %.6f, %d unknown", query.log10(), query.unknownWords());
    }
}
