package io.github.djlctc.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs a TorchScript program as a device other than the CPU would, without having one: on PyTorch's
 * device {@code meta}, whose tensors have shapes and types but no values.
 *
 * <p>There, as on a GPU, tensors of different devices cannot be combined, and moreover no value can
 * be read back: what passes neither mixes devices nor waits for one.
 */
public final class MetaDevice {

    private static final String FORWARD = "  def forward(self: __torch__.Program,";

    private MetaDevice() {}

    /**
     * Runs a program.
     *
     * @param owner the class in whose package the source is
     * @param source the resource with the method {@code forward}
     * @param more resources with more methods
     * @param stubs pairs of an operator that the device does not have, and what stands in for it
     * @param onDevice arguments of the program that are tensors of the device
     * @param onHost arguments after those that stay on the CPU
     * @param list the last argument, a list of tensors of the device; empty if there is none
     * @throws ai.djl.engine.EngineException if the program mixes devices or reads a value back
     */
    public static void run(
            Class<?> owner,
            String source,
            List<String> more,
            List<String> stubs,
            NDList onDevice,
            NDList onHost,
            NDList list) {
        StringBuilder text = new StringBuilder(TorchScriptProgram.read(owner, source));
        more.forEach(name -> text.append(TorchScriptProgram.read(owner, name)));
        String renamed = text.toString().replace(FORWARD, "  def program(self: __torch__.Program,");
        for (int i = 0; i < stubs.size(); i += 2) {
            if (!renamed.contains(stubs.get(i))) {
                throw new IllegalArgumentException(source + " has no " + stubs.get(i));
            }
            renamed = renamed.replace(stubs.get(i), stubs.get(i + 1));
        }
        String whole = renamed + forward(onDevice.size(), onHost.size(), !list.isEmpty());
        NDList inputs = new NDList(onDevice);
        inputs.addAll(onHost);
        try (NDList results = TorchScriptProgram.ofSource(source, whole).run(inputs, list)) {
            results.forEach(NDArray::getShape);
        }
    }

    private static String forward(int onDevice, int onHost, boolean hasList) {
        List<String> parameters = new ArrayList<>();
        List<String> arguments = new ArrayList<>();
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < onDevice + onHost; i++) {
            parameters.add("x" + i + ": Tensor");
            arguments.add(i < onDevice ? "there" + i : "x" + i);
            if (i < onDevice) {
                body.append("    there").append(i).append(moved("x" + i)).append('\n');
            }
        }
        if (hasList) {
            parameters.add("tensors: List[Tensor]");
            arguments.add("moved");
            body.append("    moved = annotate(List[Tensor], [])\n")
                    .append("    for i in range(torch.len(tensors)):\n")
                    .append("      _0 = torch.append(moved, ")
                    .append(moved("tensors[i]").substring(3))
                    .append(")\n");
        }
        return "\n\n  def forward(self: __torch__.Program, "
                + String.join(", ", parameters)
                + ") -> Tensor:\n"
                + body
                + "    _1 = (self).program("
                + String.join(", ", arguments)
                + ")\n    return torch.ones([1], dtype=6, layout=None, device=None,"
                + " pin_memory=False)\n";
    }

    private static String moved(String tensor) {
        return " = torch.to(" + tensor + ", torch.device(\"meta\"))";
    }
}
