package io.github.djlctc.translate;

import io.github.djlctc.testdata.ChildJvm;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Where PyTorch is not on the class path, ONNX Runtime is enough. */
class OnnxAloneTest {

    @Test
    void padsRunsAndDecodesWithoutPyTorch() throws Exception {
        Process process =
                ChildJvm.without(name -> name.startsWith("pytorch-"), OnnxAlone.class)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        List<String> output = process.inputReader().lines().toList();
        assertThat(process.waitFor()).as("output %s", output).isZero();
        assertThat(output)
                .containsExactly(
                        "PyTorch false",
                        "texts [a bb, b, aa]",
                        "texts [a bb, b, aa]",
                        "text a b",
                        "batch [1.0, 2.0, 3.0, -1.0] [2, 1]");
    }
}
