package io.github.djlctc.examples;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** The versions that README.md tells users to depend on are those of the build. */
class DocumentedDependenciesTest {

    private static final Path ROOT = Path.of("../..");

    @Test
    void versionsAreThoseOfTheBuild() throws IOException {
        String pom = Files.readString(ROOT.resolve("pom.xml"));
        String readme = Files.readString(ROOT.resolve("README.md"));
        String project = first(pom, "<artifactId>djl-ctc-parent</artifactId>\\s*<version>(.*?)<");
        String djl = first(pom, "<djl.version>(.*?)<");
        String pytorch = first(pom, "<pytorch.version>(.*?)<");

        assertThat(version(readme, "ctc-loss")).isEqualTo(project);
        assertThat(version(readme, "pytorch-engine")).isEqualTo(djl);
        assertThat(version(readme, "pytorch-native-cpu")).isEqualTo(pytorch);
        assertThat(version(readme, "pytorch-jni")).isEqualTo(pytorch + "-" + djl);
        assertThat(version(readme, "slf4j-simple")).isEqualTo(first(pom, "<slf4j.version>(.*?)<"));
        assertThat(version(readme, "maven-compiler-plugin"))
                .isEqualTo(version(pom, "maven-compiler-plugin"));
        String release = "<maven.compiler.release>(.*?)<";
        assertThat(first(readme, release)).isEqualTo(first(pom, release));
        assertThat(readme).contains("io.github.djl-ctc:ctc-decoder:" + project);
    }

    private static String version(String readme, String artifact) {
        return first(readme, "<artifactId>" + artifact + "</artifactId>\\s*<version>(.*?)<");
    }

    private static String first(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }
}
