package io.github.djlctc.lm;

import com.google.gson.Gson;
import com.google.gson.annotations.SerializedName;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The output of KenLM's query program for a model and a sentence. */
final class KenLMQuery {

    @SerializedName(value = "model", alternate = "lm")
    String model;

    @SerializedName(value = "sentenceBoundaries", alternate = "sentence_context")
    boolean sentenceBoundaries;

    String sentence;
    Word[] words;

    @SerializedName(value = "log10Total", alternate = "log10_total")
    double log10Total;

    /** The score of a word, and the order of the n-gram that it was found in. */
    static final class Word {
        String word;

        @SerializedName(value = "order", alternate = "ngram")
        int order;

        double log10;
    }

    /** Reads the results for a model. */
    static List<KenLMQuery> read(Path json, String model) throws IOException {
        KenLMQuery[] all = new Gson().fromJson(Files.readString(json), KenLMQuery[].class);
        return Arrays.stream(all).filter(query -> query.model.equals(model)).toList();
    }

    List<String> sentenceWords() {
        return sentence.isEmpty() ? List.of() : List.of(sentence.split(" "));
    }

    SentenceBoundary boundary() {
        return sentenceBoundaries ? SentenceBoundary.SCORED : SentenceBoundary.ABSENT;
    }
}
