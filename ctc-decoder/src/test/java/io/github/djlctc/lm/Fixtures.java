package io.github.djlctc.lm;

import io.github.djlctc.testdata.TestData;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Models that KenLM estimated from this project's text. */
final class Fixtures {

    static final String ARPA = "3gram.arpa";
    static final String PROBING = "3gram.probing.binary";
    static final String TRIE = "3gram.trie.binary";
    static final String ARRAY = "3gram.array.binary";
    static final String QUANTIZED = "3gram.quantized.binary";
    static final String QUANTIZED_ARRAY = "3gram.quantized_array.binary";

    static final List<String> ALL = List.of(ARPA, PROBING, TRIE, ARRAY, QUANTIZED, QUANTIZED_ARRAY);

    private Fixtures() {}

    static Path file(String name) {
        return TestData.own("lm/" + name);
    }

    static NGramModel read(String name) throws IOException {
        return NGramModel.read(file(name));
    }

    static Path gzip(Path file, Path folder) throws IOException {
        Path compressed = folder.resolve(file.getFileName() + ".gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
            Files.copy(file, out);
        }
        return compressed;
    }
}
