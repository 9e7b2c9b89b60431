package io.github.djlctc.engine;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TorchScriptProgramTest {

    private final TorchScriptProgram scale = program("scale.py");
    private NDManager manager;

    @BeforeEach
    void openManager() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @Test
    void resultsBelongToTheManagerOfTheFirstInput() {
        try (NDManager other = manager.newSubManager()) {
            NDArray x = manager.create(new float[] {1, 2});
            NDArray factor = other.create(3f);
            int arrays = manager.getManagedArrays().size();
            NDArray result = scale.run(new NDList(x, factor)).singletonOrThrow();
            assertThat(result.getManager()).isSameAs(manager);
            assertThat(manager.getManagedArrays()).hasSize(arrays + 1);
            assertThat(result.toFloatArray()).containsExactly(3, 6);
        }
    }

    @Test
    void runRecordsForBackPropagation() {
        NDArray x = manager.create(new float[] {1, 2});
        x.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDList inputs = new NDList(x, manager.create(3f));
            collector.backward(scale.run(inputs).singletonOrThrow().sum());
        }
        assertThat(x.getGradient().toFloatArray()).containsExactly(3, 3);
    }

    @Test
    void inferRecordsNothing() {
        NDArray x = manager.create(new float[] {1, 2});
        x.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray result = scale.infer(new NDList(x, manager.create(3f))).singletonOrThrow();
            assertThat(result.toFloatArray()).containsExactly(3, 6);
            NDArray sum = result.sum();
            assertThatThrownBy(() -> collector.backward(sum)).isInstanceOf(EngineException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.y", "x[]", "x()", "module_method:foo"})
    void namesOfInputsMeanNothingAndStay(String name) {
        NDArray x = manager.create(new float[] {1, 2});
        NDArray factor = manager.create(3f);
        x.setName(name);
        factor.setName(name);
        NDArray result = scale.run(new NDList(x, factor)).singletonOrThrow();
        assertThat(result.toFloatArray()).containsExactly(3, 6);
        assertThat(x.getName()).isEqualTo(name);
        assertThat(factor.getName()).isEqualTo(name);
    }

    @Test
    void errorOfPyTorchLeavesNothingBehind() {
        NDArray x = manager.create(new Shape(2));
        NDArray factor = manager.create(new Shape(3));
        x.setName("x.y");
        int arrays = manager.getManagedArrays().size();
        assertThatThrownBy(() -> scale.run(new NDList(x, factor)))
                .isInstanceOf(EngineException.class);
        assertThat(manager.getManagedArrays()).hasSize(arrays);
    }

    @Test
    void missingSource() {
        assertThatThrownBy(() -> program("missing.py"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no TorchScript source missing.py beside " + getClass().getName());
    }

    @Test
    void sourceThatDoesNotCompile() {
        TorchScriptProgram broken = program("broken.py");
        NDList inputs = new NDList(manager.create(1f), manager.create(2f));
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> broken.run(inputs))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("broken.py")
                    .hasStackTraceContaining("no_such_operator");
        }
    }

    @Test
    void archiveHoldsTheSource(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("scale.pt");
        scale.writeTo(file);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry entry = zip.getEntry("Program/code/__torch__.py");
            assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
            String source =
                    new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(source).startsWith("class Program(Module):").contains("torch.mul");
        }
    }

    @Test
    void equalSourcesGiveEqualArchives(@TempDir Path folder) throws IOException {
        Path first = folder.resolve("first.pt");
        Path second = folder.resolve("second.pt");
        scale.writeTo(first);
        program("scale.py").writeTo(second);
        assertThat(first).hasSameBinaryContentAs(second);
        program("broken.py").writeTo(second);
        assertThat(Files.mismatch(first, second)).isNotNegative();
    }

    private static TorchScriptProgram program(String resource) {
        return TorchScriptProgram.ofResource(TorchScriptProgramTest.class, resource);
    }
}
