package io.github.djlctc.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.Source;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/** Packages use each other as the tables of docs/architecture.md say. */
class PackageRulesTest {

    private static final String ROOT = "io.github.djlctc.";
    private static final Path PAGE = Path.of("../docs/architecture.md");
    private static final Pattern ROW =
            Pattern.compile("^\\| `([a-z.]+)` \\|.*\\|([^|]*)\\|$", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("`([a-z.]+)`");

    private static final JavaClasses LIBRARY =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .withImportOption(location -> !location.contains("testdata"))
                    .importPackages("io.github.djlctc");

    private static Map<String, Set<String>> allowed;

    @BeforeAll
    static void readTheTables() throws IOException {
        allowed = new LinkedHashMap<>();
        Matcher rows = ROW.matcher(Files.readString(PAGE));
        while (rows.find()) {
            Set<String> uses =
                    NAME.matcher(rows.group(2))
                            .results()
                            .map(name -> name.group(1))
                            .collect(Collectors.toCollection(TreeSet::new));
            allowed.put(rows.group(1), uses);
        }
    }

    @Test
    void theTablesNameEveryPackage() {
        Set<String> packages =
                LIBRARY.stream().map(PackageRulesTest::packageOf).collect(Collectors.toSet());
        assertThat(allowed.keySet()).containsExactlyInAnyOrderElementsOf(packages);
    }

    @Test
    void noPackageUsesAnotherThatTheTablesDoNotName() {
        List<String> violations = new ArrayList<>();
        for (JavaClass user : LIBRARY) {
            Set<String> uses = allowed.get(packageOf(user));
            user.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(used -> used.getPackageName().startsWith(ROOT))
                    .filter(used -> !packageOf(used).equals(packageOf(user)))
                    .filter(used -> !uses.contains(packageOf(used)))
                    .forEach(used -> violations.add(user.getName() + " uses " + used.getName()));
        }
        assertThat(violations).isEmpty();
    }

    @Test
    void theTablesAllowNothingThatIsNotUsed() {
        Map<String, Set<String>> used = new LinkedHashMap<>();
        allowed.keySet().forEach(name -> used.put(name, new TreeSet<>()));
        for (JavaClass user : LIBRARY) {
            user.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> target.getPackageName().startsWith(ROOT))
                    .map(PackageRulesTest::packageOf)
                    .filter(name -> !name.equals(packageOf(user)))
                    .forEach(used.get(packageOf(user))::add);
        }
        assertThat(used).isEqualTo(allowed);
    }

    @Test
    void packagesFormNoCircles() {
        slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(LIBRARY);
    }

    @Test
    void theDecoderKnowsNoEngine() {
        String[] packages =
                LIBRARY.stream()
                        .filter(type -> isOf(type, "ctc-decoder"))
                        .map(JavaClass::getPackageName)
                        .distinct()
                        .toArray(String[]::new);
        assertThat(Arrays.stream(packages).map(name -> name.substring(ROOT.length())))
                .containsExactlyInAnyOrder(
                        "text",
                        "file",
                        "numpy",
                        "emission",
                        "align",
                        "lm",
                        "lm.estimate",
                        "decode",
                        "metric");
        noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.djl..")
                .check(LIBRARY);
    }

    @Test
    void onlyThePackageEngineKnowsPyTorch() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "engine")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.djl.pytorch..")
                .check(LIBRARY);
    }

    @Test
    void noPackageIsInBothArtifacts() {
        Map<String, Set<Boolean>> places =
                LIBRARY.stream()
                        .collect(
                                Collectors.groupingBy(
                                        JavaClass::getPackageName,
                                        Collectors.mapping(
                                                type -> isOf(type, "ctc-decoder"),
                                                Collectors.toSet())));
        assertThat(places).allSatisfy((name, artifacts) -> assertThat(artifacts).hasSize(1));
    }

    private static boolean isOf(JavaClass type, String artifact) {
        return type.getSource()
                .map(Source::getUri)
                .map(uri -> uri.toString().contains(artifact))
                .orElseThrow();
    }

    private static String packageOf(JavaClass type) {
        return type.getPackageName().substring(ROOT.length());
    }
}
