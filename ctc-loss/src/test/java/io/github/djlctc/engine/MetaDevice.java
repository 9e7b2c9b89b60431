package io.github.djlctc.engine;

import ai.djl.ndarray.NDList;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs TorchScript programs as a device other than the CPU would, without having one: on PyTorch's
 * device {@code meta}, whose tensors have shapes and types but no values.
 *
 * <p>There, as on a GPU, tensors of different devices cannot be combined, and moreover no value can
 * be read back: a program that passes neither mixes devices nor waits for one. Operators that the
 * device does not know are replaced by others with the same arguments and result.
 */
public final class MetaDevice {

    private static final String FORWARD = "def forward(self: __torch__.Program,";
    private static final String CPU =
            ", dtype=None, layout=None, device=torch.device(\"cpu\"), pin_memory=False)";

    /** Operators, and methods in their place. */
    private static final Map<String, String> STUBS = new LinkedHashMap<>();

    static {
        STUBS.put(
                "torch.where(",
                """
                  def where_stub(self: __torch__.Program, c: Tensor, a: Tensor, b: Tensor) -> Tensor:
                    return torch.add(torch.mul(c, a), b)
                """);
        for (String name : new String[] {"or", "and"}) {
            STUBS.put(
                    "torch.logical_" + name + "(",
                    """
                      def logical_%s_stub(self: __torch__.Program, a: Tensor, b: Tensor) -> Tensor:
                        return torch.bitwise_%s(a, b)
                    """
                            .formatted(name, name));
        }
        STUBS.put(
                "torch.logical_not(",
                """
                  def logical_not_stub(self: __torch__.Program, a: Tensor) -> Tensor:
                    return torch.bitwise_not(a)
                """);
        STUBS.put(
                "torch.dot(",
                """
                  def dot_stub(self: __torch__.Program, a: Tensor, b: Tensor) -> Tensor:
                    return torch.sum(torch.mul(a, b))
                """);
        // A number on the CPU, whose place a tensor of CUDA can take, but none of this device. Not
        // ones, which the compiler would make when it compiles, and compare with other constants.
        STUBS.put(
                "torch.ones(",
                """
                  def ones_stub(self: __torch__.Program, size: List[int], dtype: int, layout: Optional[int], device: Device, pin_memory: bool) -> Tensor:
                    return torch.rand(size, dtype=dtype, layout=layout, device=torch.device("meta"), pin_memory=pin_memory)
                """);
        STUBS.put(
                "torch.nan_to_num(",
                """
                  def nan_to_num_stub(self: __torch__.Program, x: Tensor, a: float, b: float, c: float) -> Tensor:
                    return torch.mul(x, 1)
                """);
        STUBS.put(
                "torch.nan_to_num_(",
                """
                  def nan_to_num__stub(self: __torch__.Program, x: Tensor, a: float, b: float, c: float) -> Tensor:
                    return torch.mul_(x, 1)
                """);
        STUBS.put(
                "torch.index_select(",
                """
                  def index_select_stub(self: __torch__.Program, x: Tensor, d: int, i: Tensor) -> Tensor:
                    return torch.gather(x, 0, torch.expand(torch.unsqueeze(i, 1), [-1, torch.size(x, 1)]))
                """);
        STUBS.put(
                "ops.aten._ctc_loss_backward(",
                """
                  def _ctc_loss_backward_stub(self: __torch__.Program, g: Tensor, p: Tensor, t: Tensor, n: List[int], s: List[int], r: Tensor, a: Tensor, b: int, z: bool) -> Tensor:
                    return torch.add(p, torch.add(torch.sum(torch.mul(g, r)), torch.add(torch.sum(t), torch.sum(a))))
                """);
        STUBS.put(
                "torch.lstm(",
                """
                  def lstm_stub(self: __torch__.Program, x: Tensor, s: List[Tensor], w: List[Tensor], b: bool, l: int, d: float, t: bool, bi: bool, f: bool) -> Tuple[Tensor, Tensor, Tensor]:
                    gates = torch.add(torch.add(torch.matmul(x, torch.transpose(w[0], 0, 1)), w[2]), w[3])
                    states = torch.slice(gates, 2, 0, torch.size(w[1], 1))
                    one = torch.add(states, torch.transpose(torch.slice(s[0], 0, 0, 1), 0, 1))
                    if bi:
                      other = torch.matmul(x, torch.transpose(w[4], 0, 1))
                      one = torch.cat([one, torch.slice(other, 2, 0, torch.size(w[5], 1))], 2)
                    return (one, s[0], s[1])
                """);
    }

    private MetaDevice() {}

    /**
     * Runs a program.
     *
     * @param source the source of the program, all its files one after another
     * @param onDevice arguments that are to be tensors of the device
     * @param onHost arguments after those, which stay on the CPU
     * @param list the last argument, a list of tensors of the device; empty if there is none
     * @param results how many tensors the program returns
     * @throws ai.djl.engine.EngineException if the program mixes devices or reads a value back
     */
    public static void run(
            String source, NDList onDevice, NDList onHost, NDList list, int results) {
        StringBuilder whole =
                new StringBuilder(source.replace(FORWARD, "def program(self: __torch__.Program,"));
        whole.append('\n')
                .append(forward(onDevice.size(), onHost.size(), !list.isEmpty(), results));
        for (Map.Entry<String, String> stub : STUBS.entrySet()) {
            int at = whole.indexOf(stub.getKey());
            if (at < 0) {
                continue;
            }
            String name = stub.getKey().replaceAll(".*\\.|\\(", "") + "_stub(";
            for (; at >= 0; at = whole.indexOf(stub.getKey(), at)) {
                whole.replace(at, at + stub.getKey().length(), "(self)." + name);
            }
            whole.append(stub.getValue()).append('\n');
        }
        NDList inputs = new NDList(onDevice);
        inputs.addAll(onHost);
        TorchScriptProgram.ofSource("program on another device", whole.toString())
                .run(inputs, list)
                .close();
    }

    private static String forward(int onDevice, int onHost, boolean hasList, int results) {
        List<String> parameters = new ArrayList<>();
        List<String> arguments = new ArrayList<>();
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < onDevice + onHost; i++) {
            parameters.add("x" + i + ": Tensor");
            arguments.add(i < onDevice ? moved("x" + i) : "x" + i);
        }
        if (hasList) {
            parameters.add("tensors: List[Tensor]");
            arguments.add("moved");
            body.append(
                    "    moved = annotate(List[Tensor], [])\n    for i in range(torch.len(tensors)):\n");
            body.append("      _0 = torch.append(moved, ")
                    .append(moved("tensors[i]"))
                    .append(")\n");
        }
        List<String> names = new ArrayList<>();
        List<String> returned = new ArrayList<>();
        for (int i = 0; i < results; i++) {
            names.add("result" + i);
            // Depends on the result, so that no step is left out as unused.
            returned.add("torch.zeros_like(result" + i + CPU);
        }
        body.append("    ").append(String.join(", ", names)).append(" = (self).program(");
        body.append(String.join(", ", arguments)).append(")\n    return ");
        body.append(results == 1 ? returned.get(0) : "(" + String.join(", ", returned) + ")");
        String type = "Tensor" + ", Tensor".repeat(results - 1);
        return "  def forward(self: __torch__.Program, "
                + String.join(", ", parameters)
                + ") -> "
                + (results == 1 ? type : "Tuple[" + type + "]")
                + ":\n"
                + body
                + "\n";
    }

    private static String moved(String tensor) {
        return "torch.to(" + tensor + ", torch.device(\"meta\"))";
    }
}
