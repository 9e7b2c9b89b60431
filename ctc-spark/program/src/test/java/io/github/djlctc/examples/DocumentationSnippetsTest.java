package io.github.djlctc.examples;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every Java snippet of README.md and docs compiles, and those that need nothing from outside run.
 *
 * <p>What a snippet needs stands in a comment on the line before it: {@code <!-- given: Type name,
 * Type name -->}.
 */
class DocumentationSnippetsTest {

    private static final Path ROOT = Path.of("../..");
    private static final Pattern SNIPPET =
            Pattern.compile("(?:<!-- given: (.*?) -->\\n)?```java\\n(.*?)```", Pattern.DOTALL);
    private static final String IMPORTS =
            """
            import ai.djl.*;
            import ai.djl.inference.Predictor;
            import ai.djl.metric.Metrics;
            import ai.djl.ndarray.*;
            import ai.djl.ndarray.types.*;
            import ai.djl.nn.Activation;
            import ai.djl.nn.Block;
            import ai.djl.nn.SequentialBlock;
            import ai.djl.nn.core.Linear;
            import ai.djl.nn.norm.*;
            import ai.djl.repository.zoo.*;
            import ai.djl.training.*;
            import ai.djl.inference.Predictor;
            import ai.djl.modality.*;
            import ai.djl.repository.zoo.*;
            import ai.djl.training.dataset.*;
            import ai.djl.training.listener.*;
            import ai.djl.training.optimizer.Optimizer;
            import ai.djl.training.tracker.*;
            import io.github.djlctc.align.*;
            import io.github.djlctc.audit.*;
            import io.github.djlctc.batch.*;
            import io.github.djlctc.checkpoint.*;
            import io.github.djlctc.decode.*;
            import io.github.djlctc.emission.*;
            import io.github.djlctc.evaluator.*;
            import io.github.djlctc.examples.speech.model.*;
            import io.github.djlctc.host.*;
            import io.github.djlctc.lm.*;
            import io.github.djlctc.lm.estimate.*;
            import io.github.djlctc.loss.*;
            import io.github.djlctc.metric.*;
            import io.github.djlctc.monitor.*;
            import io.github.djlctc.nn.*;
            import io.github.djlctc.replica.*;
            import io.github.djlctc.serving.*;
            import io.github.djlctc.text.*;
            import io.github.djlctc.translate.*;
            import java.nio.file.Files;
            import java.nio.file.Path;
            import java.util.*;
            import java.util.concurrent.*;
            """;

    /** On the page about Spark, whose data sets are others than DJL's. */
    private static final String SPARK_IMPORTS =
            """
            import io.github.djlctc.spark.*;
            import org.apache.spark.SparkFiles;
            import org.apache.spark.sql.Dataset;
            import org.apache.spark.sql.Row;
            import org.apache.spark.sql.SparkSession;
            """;

    @TempDir Path folder;

    private record Snippet(String name, String given, String code) {

        boolean isRunnable() {
            return given.isEmpty();
        }

        String source() {
            return IMPORTS
                    + (name.contains("spark") ? SPARK_IMPORTS : "")
                    + "public class "
                    + name
                    + " {\n public static void run("
                    + given
                    + ") throws Exception {\n"
                    + code
                    + " }\n}\n";
        }
    }

    @TestFactory
    Stream<DynamicTest> snippets() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
        pages.addAll(MarkdownPage.filesBelow(ROOT.resolve("docs")));
        List<Snippet> snippets = pages.stream().flatMap(page -> snippets(page).stream()).toList();
        assertThat(snippets).hasSizeGreaterThan(5);
        return snippets.stream()
                .map(snippet -> DynamicTest.dynamicTest(snippet.name(), () -> check(snippet)));
    }

    private static List<Snippet> snippets(Path page) {
        try {
            String name =
                    ROOT.relativize(page).toString().replace(".md", "").replaceAll("\\W", "_");
            List<Snippet> snippets = new ArrayList<>();
            Matcher matcher = SNIPPET.matcher(Files.readString(page));
            while (matcher.find()) {
                String given = matcher.group(1) == null ? "" : matcher.group(1);
                snippets.add(new Snippet(name + "_" + snippets.size(), given, matcher.group(2)));
            }
            return snippets;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void check(Snippet snippet) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Path source = folder.resolve(snippet.name() + ".java");
        Files.writeString(source, snippet.source());
        StringWriter messages = new StringWriter();
        boolean compiled =
                compiler.getTask(
                                messages,
                                null,
                                null,
                                List.of("-d", folder.toString(), "-proc:none"),
                                null,
                                compiler.getStandardFileManager(null, null, null)
                                        .getJavaFileObjects(source))
                        .call();
        assertThat(compiled).as("%s", messages).isTrue();
        if (snippet.isRunnable()) {
            try (URLClassLoader loader =
                    new URLClassLoader(
                            new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
                loader.loadClass(snippet.name()).getMethod("run").invoke(null);
            }
        }
    }
}
