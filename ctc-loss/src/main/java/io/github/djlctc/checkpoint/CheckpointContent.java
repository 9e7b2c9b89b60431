package io.github.djlctc.checkpoint;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/**
 * The content of a checkpoint's file. Values of parameters are as PyTorch has them in memory,
 * little-endian on all machines that it supports.
 *
 * <p>What is read is checked against what is left of the file before any memory is taken for it.
 */
final class CheckpointContent {

    private static final Set<DataType> TYPES =
            EnumSet.of(
                    DataType.FLOAT16,
                    DataType.FLOAT32,
                    DataType.FLOAT64,
                    DataType.INT8,
                    DataType.UINT8,
                    DataType.INT32,
                    DataType.INT64,
                    DataType.BOOLEAN);
    private static final int MAX_DIMENSIONS = 64;

    private final Path file;
    private final DataInputStream in;
    private long remaining;

    CheckpointContent(Path file, DataInputStream in, long bytes) {
        this.file = file;
        this.in = in;
        remaining = bytes;
    }

    static void write(TrainingCheckpoint checkpoint, DataOutputStream out) throws IOException {
        out.writeInt(checkpoint.position().epoch());
        out.writeInt(checkpoint.position().batch());
        out.writeInt(checkpoint.updates());
        out.writeByte(checkpoint.score().isPresent() ? 1 : 0);
        if (checkpoint.score().isPresent()) {
            out.writeDouble(checkpoint.score().getAsDouble());
        }
        Map<String, String> properties = new TreeMap<>(checkpoint.properties());
        out.writeInt(properties.size());
        for (Map.Entry<String, String> property : properties.entrySet()) {
            write(property.getKey(), out);
            write(property.getValue(), out);
        }
        out.writeInt(checkpoint.parameters().size());
        for (SavedParameter parameter : checkpoint.parameters()) {
            write(parameter, out);
        }
        if (checkpoint.average().isPresent()) {
            write(checkpoint.average().get(), out);
        }
    }

    private static void write(SavedAverage average, DataOutputStream out) throws IOException {
        out.writeDouble(average.decay());
        out.writeInt(average.updates());
        out.writeInt(average.values().size());
        for (Map.Entry<String, ByteBuffer> value : average.values().entrySet()) {
            write(value.getKey(), out);
            write(value.getValue(), out);
        }
    }

    private static void write(SavedParameter parameter, DataOutputStream out) throws IOException {
        write(parameter.name(), out);
        write(parameter.type().name(), out);
        out.writeInt(parameter.shape().dimension());
        for (long size : parameter.shape().getShape()) {
            out.writeLong(size);
        }
        write(parameter.values(), out);
        out.writeByte(parameter.moments().isPresent() ? 1 : 0);
        if (parameter.moments().isPresent()) {
            SavedMoments moments = parameter.moments().get();
            out.writeInt(moments.updates());
            write(moments.mean(), out);
            write(moments.variance(), out);
        }
    }

    private static void write(ByteBuffer values, DataOutputStream out) throws IOException {
        ByteBuffer rest = values.duplicate();
        while (rest.hasRemaining()) {
            Channels.newChannel(out).write(rest);
        }
    }

    private static void write(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** Reads the content, which ends with an average if the file has one. */
    TrainingCheckpoint read(boolean hasAverage) throws IOException {
        TrainingPosition position = new TrainingPosition(readCount("epoch"), readCount("batch"));
        int updates = readCount("update count");
        OptionalDouble score =
                readFlag() ? OptionalDouble.of(readDouble()) : OptionalDouble.empty();
        Map<String, String> properties = new HashMap<>();
        for (int left = readCount("number of properties"); left > 0; left--) {
            properties.put(readText(), readText());
        }
        List<SavedParameter> parameters = new ArrayList<>();
        for (int left = readCount("number of parameters"); left > 0; left--) {
            parameters.add(readParameter());
        }
        Optional<SavedAverage> average =
                hasAverage ? Optional.of(readAverage(parameters)) : Optional.empty();
        if (remaining > 0) {
            throw damaged(remaining + " bytes follow the last parameter");
        }
        return new TrainingCheckpoint(
                position, updates, score, properties, parameters, average, file);
    }

    private SavedAverage readAverage(List<SavedParameter> parameters) throws IOException {
        double decay = readDouble();
        int updates = readCount("update count of the average");
        Map<String, SavedParameter> byName = new HashMap<>();
        parameters.forEach(parameter -> byName.put(parameter.name(), parameter));
        Map<String, ByteBuffer> values = new LinkedHashMap<>();
        for (int left = readCount("number of averages"); left > 0; left--) {
            String name = readText();
            SavedParameter parameter = byName.get(name);
            if (parameter == null) {
                throw damaged("there is an average of " + name + ", but no such parameter");
            }
            values.put(name, readValues(name, parameter.values().remaining()));
        }
        return new SavedAverage(decay, updates, values);
    }

    private SavedParameter readParameter() throws IOException {
        String name = readText();
        DataType type = readType();
        Shape shape = readShape(name);
        long bytes = bytes(name, type, shape);
        ByteBuffer values = readValues(name, bytes);
        Optional<SavedMoments> moments = Optional.empty();
        if (readFlag()) {
            int updates = readCount("update count of " + name);
            moments =
                    Optional.of(
                            new SavedMoments(
                                    updates, readValues(name, bytes), readValues(name, bytes)));
        }
        return new SavedParameter(name, type, shape, values, moments);
    }

    private DataType readType() throws IOException {
        String name = readText();
        return TYPES.stream()
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(() -> damaged("a parameter has the unknown type " + name));
    }

    private Shape readShape(String name) throws IOException {
        int dimensions = readCount("number of dimensions of " + name);
        if (dimensions > MAX_DIMENSIONS) {
            throw damaged(name + " claims " + dimensions + " dimensions");
        }
        long[] sizes = new long[dimensions];
        for (int i = 0; i < dimensions; i++) {
            take(Long.BYTES);
            sizes[i] = in.readLong();
            if (sizes[i] < 0) {
                throw damaged("dimension " + i + " of " + name + " is " + sizes[i]);
            }
        }
        return new Shape(sizes);
    }

    /** Returns the size of the values, which is not more than is left of the file. */
    private long bytes(String name, DataType type, Shape shape) throws CheckpointException {
        long bytes = type.getNumOfBytes();
        for (long size : shape.getShape()) {
            if (size > 0 && bytes > remaining / size) {
                throw damaged(
                        name + " claims the shape " + shape + ", but " + remaining + " bytes left");
            }
            bytes *= size;
        }
        return bytes;
    }

    private ByteBuffer readValues(String name, long bytes) throws IOException {
        if (bytes > Integer.MAX_VALUE - Long.BYTES) {
            throw damaged(name + " claims " + bytes + " bytes, more than a parameter can have");
        }
        take(bytes);
        byte[] values = new byte[(int) bytes];
        in.readFully(values);
        return ByteBuffer.wrap(values);
    }

    private String readText() throws IOException {
        int bytes = readCount("length of a text");
        take(bytes);
        byte[] text = new byte[bytes];
        in.readFully(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private int readCount(String what) throws IOException {
        take(Integer.BYTES);
        int count = in.readInt();
        if (count < 0) {
            throw damaged("the " + what + " is " + count);
        }
        return count;
    }

    private double readDouble() throws IOException {
        take(Double.BYTES);
        return in.readDouble();
    }

    private boolean readFlag() throws IOException {
        take(1);
        int flag = in.readByte();
        if (flag != 0 && flag != 1) {
            throw damaged("a flag is " + flag + ", but must be 0 or 1");
        }
        return flag == 1;
    }

    private void take(long bytes) throws CheckpointException {
        if (bytes > remaining) {
            throw damaged(bytes + " bytes expected, but " + remaining + " left");
        }
        remaining -= bytes;
    }

    private CheckpointException damaged(String detail) {
        return CheckpointFile.damaged(file, detail);
    }
}
