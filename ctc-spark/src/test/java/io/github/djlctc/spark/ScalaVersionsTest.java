package io.github.djlctc.spark;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One jar serves Spark for Scala 2.12 and 2.13: its classes name nothing of Scala but tuples, which
 * are the same in both. Collections and functions are not. The whole tests with the other Scala:
 * {@code mvn -P scala-2.13 -pl ctc-spark -am verify}.
 */
class ScalaVersionsTest {

    private static final Pattern SCALA = Pattern.compile("scala/[A-Za-z0-9_/$]+");

    @Test
    void classesNameNothingOfScalaThatDiffers() throws IOException, URISyntaxException {
        Path classes =
                Path.of(
                        EmissionDecoder.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        Set<String> named = new TreeSet<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                SCALA.matcher(bytes).results().forEach(found -> named.add(found.group()));
            }
        }

        assertThat(named).isNotEmpty().allMatch(name -> name.matches("scala/(Tuple\\d|Function1)"));
    }
}
