package io.github.djlctc.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TorchScript program without parameters, through which tensors reach PyTorch operators that DJL
 * has no method for.
 *
 * <p>The source is a TorchScript class named {@code Program} in serialized form, with one method
 * {@code forward} that takes tensors and returns a tensor or a tuple of tensors. It is packed into
 * an archive in memory and loaded once for each device, on first use. Programs are immutable and
 * may run on several threads at once.
 *
 * <p>Arrays that DJL makes from host values on the CPU share the memory of a Java buffer, which is
 * freed some time after the array is closed, even if PyTorch still needs it for back-propagation. A
 * program that is run for its gradient must copy such arguments ({@code torch.clone}) before an
 * operator that keeps them, unless the caller closes them after back-propagation only.
 */
public final class TorchScriptProgram {

    private static final String ENGINE = "PyTorch";
    private static final String LIST_NAME = "list[]";

    private final String name;

    /** The bytes of the file that {@code torch.jit.load} reads. */
    private final byte[] archive;

    private final Map<Device, PtSymbolBlock> blocks = new ConcurrentHashMap<>();

    private TorchScriptProgram(String name, String source) {
        this.name = name;
        this.archive = TorchScriptArchive.pack(source);
    }

    /**
     * Creates a program from source files on the class path. PyTorch reads the source at the first
     * run.
     *
     * @param owner the class in whose package the files are
     * @param resource the name of the file with the class and its method {@code forward}, such as
     *     {@code ctc_dense.py}
     * @param methods the names of files with more methods of the class, indented like those of the
     *     first, which they follow
     * @return the program
     * @throws IllegalArgumentException if there is no such file
     */
    public static TorchScriptProgram ofResource(
            Class<?> owner, String resource, String... methods) {
        StringBuilder source = new StringBuilder(read(owner, resource));
        for (String more : methods) {
            source.append(read(owner, more));
        }
        return ofSource(resource, source.toString());
    }

    /** Creates a program from its complete source. */
    static TorchScriptProgram ofSource(String name, String source) {
        return new TorchScriptProgram(name, source);
    }

    static String read(Class<?> owner, String resource) {
        try (InputStream stream = owner.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalArgumentException(
                        "no TorchScript source " + resource + " beside " + owner.getName());
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read TorchScript source " + resource, e);
        }
    }

    /**
     * Runs the program on the device of the first input, recording what back-propagation needs
     * where an input requires a gradient.
     *
     * @param inputs the arguments of {@code forward}, in order; of the PyTorch engine
     * @return the results, attached to the manager of the first input; the caller closes them
     * @throws IllegalArgumentException if an input is not of the PyTorch engine
     * @throws ai.djl.engine.EngineException if PyTorch reports an error
     */
    public NDList run(NDList inputs) {
        return run(inputs, new NDList());
    }

    /**
     * Runs a program whose last argument is a list of tensors, recording what back-propagation
     * needs.
     *
     * @param inputs the arguments but the last, in order; of the PyTorch engine
     * @param list the elements of the last argument, at least one
     * @return the results, attached to the manager of the first input; the caller closes them
     * @throws IllegalArgumentException if an input is not of the PyTorch engine
     * @throws ai.djl.engine.EngineException if PyTorch reports an error
     */
    public NDList run(NDList inputs, NDList list) {
        return forward(inputs, list);
    }

    /**
     * Runs the program on the device of the first input without recording anything for
     * back-propagation, so that no gradient can be taken through the results.
     *
     * @param inputs the arguments of {@code forward}, in order; of the PyTorch engine
     * @return the results, attached to the manager of the first input; the caller closes them
     * @throws IllegalArgumentException if an input is not of the PyTorch engine
     * @throws ai.djl.engine.EngineException if PyTorch reports an error
     */
    public NDList infer(NDList inputs) {
        return infer(inputs, new NDList());
    }

    /**
     * Runs a program whose last argument is a list of tensors without recording anything for
     * back-propagation.
     *
     * @param inputs the arguments but the last, in order; of the PyTorch engine
     * @param list the elements of the last argument, at least one
     * @return the results, attached to the manager of the first input; the caller closes them
     * @throws IllegalArgumentException if an input is not of the PyTorch engine
     * @throws ai.djl.engine.EngineException if PyTorch reports an error
     */
    public NDList infer(NDList inputs, NDList list) {
        // Not DJL's inference mode: it is switched by a field of the block that all threads share.
        boolean recording = JniUtils.isGradMode();
        JniUtils.setGradMode(false);
        try {
            return forward(inputs, list);
        } finally {
            JniUtils.setGradMode(recording);
        }
    }

    /**
     * Writes the archive to a file that {@code torch.jit.load} reads.
     *
     * @param file the file to write, replaced if it exists
     * @throws IOException if the file cannot be written
     */
    public void writeTo(Path file) throws IOException {
        Files.write(file, archive);
    }

    private NDList forward(NDList inputs, NDList list) {
        NDArray first = inputs.head();
        checkEngine(inputs);
        checkEngine(list);
        PtSymbolBlock block = blocks.computeIfAbsent(first.getDevice(), this::load);
        // DJL reads the name of an input as a request to wrap it in a list, tuple or dictionary.
        try (NDList named = new NDList()) {
            NDList arguments = new NDList(inputs.size() + list.size());
            for (NDArray input : inputs) {
                arguments.add(input.getName() == null ? input : named(null, input, named));
            }
            for (NDArray element : list) {
                arguments.add(named(LIST_NAME, element, named));
            }
            return block.forward(new ParameterStore(first.getManager(), false), arguments, true);
        }
    }

    private static NDArray named(String name, NDArray array, NDList all) {
        NDArray result = new NamedTensor(name, array);
        all.add(result);
        return result;
    }

    private void checkEngine(NDList inputs) {
        for (NDArray input : inputs) {
            String engine = input.getManager().getEngine().getEngineName();
            if (!ENGINE.equals(engine)) {
                throw new IllegalArgumentException(
                        name + " runs on the PyTorch engine only, but an input is of " + engine);
            }
        }
    }

    private PtSymbolBlock load(Device device) {
        // A program lives as long as the JVM, so the manager of a loaded one is never closed.
        PtNDManager manager = (PtNDManager) Engine.getEngine(ENGINE).newBaseManager(device);
        try (InputStream stream = new ByteArrayInputStream(archive)) {
            return JniUtils.loadModule(manager, stream, true, false);
        } catch (IOException | EngineException e) {
            manager.close();
            throw new EngineException("cannot load TorchScript program " + name, e);
        }
    }
}
