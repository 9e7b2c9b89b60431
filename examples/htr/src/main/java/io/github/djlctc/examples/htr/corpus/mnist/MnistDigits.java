package io.github.djlctc.examples.htr.corpus.mnist;

import ai.djl.basicdataset.cv.classification.Mnist;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.Dataset;
import ai.djl.translate.TranslateException;

import io.github.djlctc.host.HostArrays;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the digits of DJL's MNIST data set. */
final class MnistDigits {

    private static final int AT_ONCE = 1000;

    private MnistDigits() {}

    /**
     * Reads all digits of a part.
     *
     * @param repository the folder of a local DJL repository; nothing for DJL's own
     */
    static List<Digit> read(Optional<Path> repository, Dataset.Usage part) throws IOException {
        if (repository.isPresent() && !Files.isDirectory(repository.get())) {
            throw new IOException(repository.get() + ": there is no such folder");
        }
        try (NDManager manager = NDManager.newBaseManager()) {
            Mnist.Builder builder =
                    Mnist.builder().optManager(manager).optUsage(part).setSampling(1, false);
            repository.ifPresent(folder -> builder.optRepository(new UnpackedRepository(folder)));
            return read(builder.build(), manager);
        } catch (IOException | TranslateException | RuntimeException | AssertionError e) {
            // Mnist throws an AssertionError if a file is too short.
            String place = repository.map(Path::toString).orElse("DJL's repository");
            throw new IOException(
                    "MNIST cannot be read from "
                            + place
                            + " ("
                            + part.name().toLowerCase(Locale.ROOT)
                            + " digits): "
                            + e.getMessage()
                            + "; a local repository has metadata.json in"
                            + " dataset/cv/ai/djl/basicdataset/mnist, and the four files, unpacked,"
                            + " in a folder of their version beside it",
                    e);
        }
    }

    private static List<Digit> read(Mnist mnist, NDManager manager)
            throws IOException, TranslateException {
        mnist.prepare(null);
        List<Digit> digits = new ArrayList<>();
        for (long from = 0; from < mnist.size(); from += AT_ONCE) {
            long to = Math.min(from + AT_ONCE, mnist.size());
            try (NDManager scope = manager.newSubManager();
                    Batch batch = mnist.getByRange(scope, from, to)) {
                addDigits(batch, digits);
            }
        }
        return digits;
    }

    private static void addDigits(Batch batch, List<Digit> digits) throws IOException {
        byte[] pixels = bytes(batch.getData().head());
        byte[] labels = bytes(batch.getLabels().head());
        int size = Digit.SIZE * Digit.SIZE;
        if (pixels.length != labels.length * size) {
            throw new IOException(
                    pixels.length + " pixels for " + labels.length + " digits of " + size);
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] > 9) {
                throw new IOException("digit " + digits.size() + " has the label " + labels[i]);
            }
            byte[] image = new byte[size];
            System.arraycopy(pixels, i * size, image, 0, size);
            digits.add(new Digit(image, labels[i]));
        }
    }

    private static byte[] bytes(NDArray array) {
        try (NDArray bytes = array.toType(DataType.UINT8, true)) {
            ByteBuffer buffer = HostArrays.readBytes(bytes);
            byte[] values = new byte[buffer.remaining()];
            buffer.get(values);
            return values;
        }
    }
}
