package io.github.djlctc.examples;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Every link of the documentation leads to a file and a heading, and every page is linked. */
class DocumentationLinksTest {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path README = ROOT.resolve("README.md");
    private static final Pattern OTHER_SITE = Pattern.compile("[a-z]+:.*");
    private static final Pattern NAMED_PAGE = Pattern.compile("docs/[\\w/.-]+\\.md");
    private static final int README_LINES = 170;

    @Test
    void linksLeadToFilesAndHeadings() throws IOException {
        Map<Path, MarkdownPage> pages = pages();
        List<String> broken = new ArrayList<>();
        for (MarkdownPage page : pages.values()) {
            for (String link : page.links()) {
                if (!OTHER_SITE.matcher(link).matches() && !leadsSomewhere(page, link, pages)) {
                    broken.add(ROOT.relativize(page.file()) + " links to " + link);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private static boolean leadsSomewhere(
            MarkdownPage page, String link, Map<Path, MarkdownPage> pages) {
        Path target = target(page, link);
        int hash = link.indexOf('#');
        return hash < 0
                ? Files.exists(target)
                : pages.containsKey(target)
                        && pages.get(target).anchors().contains(link.substring(hash + 1));
    }

    private static Path target(MarkdownPage page, String link) {
        String file = link.replaceFirst("#.*", "");
        return file.isEmpty() ? page.file() : page.file().resolveSibling(file).normalize();
    }

    @Test
    void pagesCanBeReachedFromTheReadme() throws IOException {
        Map<Path, MarkdownPage> pages = pages();
        Set<Path> reached = new HashSet<>(Set.of(README));
        List<Path> next = new ArrayList<>(reached);
        while (!next.isEmpty()) {
            MarkdownPage page = pages.get(next.remove(next.size() - 1));
            for (String link : page.links()) {
                Path target = target(page, link);
                if (pages.containsKey(target) && reached.add(target)) {
                    next.add(target);
                }
            }
        }
        assertThat(pages.keySet()).containsExactlyInAnyOrderElementsOf(reached);
    }

    @Test
    void pagesThatSourcesNameExist() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Path source : sources()) {
            NAMED_PAGE
                    .matcher(Files.readString(source))
                    .results()
                    .map(MatchResult::group)
                    .filter(page -> !Files.exists(ROOT.resolve(page)))
                    .forEach(page -> missing.add(ROOT.relativize(source) + " names " + page));
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void theReadmeStaysShort() throws IOException {
        assertThat(Files.readAllLines(README)).hasSizeLessThanOrEqualTo(README_LINES);
    }

    @ParameterizedTest
    @CsvSource({
        "Reduction, reduction",
        "'Times, confidence, n-best', times-confidence-n-best",
        "`CTCLoss` on a [GPU](gpu.md), ctcloss-on-a-gpu",
        "What is not bounded?, what-is-not-bounded"
    })
    void anchorsAreGitHubs(String heading, String anchor) {
        assertThat(MarkdownPage.anchor(heading)).isEqualTo(anchor);
    }

    /** The pages that readers find: at the top, in docs and with the benchmarks. */
    private static Map<Path, MarkdownPage> pages() throws IOException {
        List<Path> files = new ArrayList<>(MarkdownPage.filesBelow(ROOT.resolve("docs")));
        files.add(ROOT.resolve("benchmarks/README.md"));
        try (Stream<Path> top = Files.list(ROOT)) {
            top.filter(file -> file.toString().endsWith(".md")).forEach(files::add);
        }
        Map<Path, MarkdownPage> pages = new HashMap<>();
        for (Path file : files) {
            pages.put(file, MarkdownPage.read(file));
        }
        return pages;
    }

    private static List<Path> sources() throws IOException {
        List<Path> folders = new ArrayList<>(modules(ROOT));
        folders.addAll(modules(ROOT.resolve("examples")));
        List<Path> sources = new ArrayList<>(List.of(ROOT.resolve("pom.xml")));
        for (Path folder : folders) {
            sources.add(folder.resolve("pom.xml"));
            if (Files.isDirectory(folder.resolve("src"))) {
                try (Stream<Path> files = Files.walk(folder.resolve("src"))) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                }
            }
        }
        return sources;
    }

    private static List<Path> modules(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(module -> Files.exists(module.resolve("pom.xml"))).toList();
        }
    }
}
