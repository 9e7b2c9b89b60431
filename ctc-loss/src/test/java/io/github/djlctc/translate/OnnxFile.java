package io.github.djlctc.translate;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Writes small models in the format of ONNX (opset 17): its protocol buffers, field by field, as
 * {@code onnx.proto} numbers them.
 */
final class OnnxFile {

    static final int FLOAT = 1;
    static final int INT64 = 7;

    private final ByteArrayOutputStream graph = new ByteArrayOutputStream();

    /** Adds an input of a type, with a free size for each name of a dimension. */
    OnnxFile input(String name, int type, String... dimensions) {
        bytes(graph, 11, value(name, type, dimensions));
        return this;
    }

    OnnxFile output(String name, int type, String... dimensions) {
        bytes(graph, 12, value(name, type, dimensions));
        return this;
    }

    /** Adds an operator whose attributes are lists of integers, each the name and its values. */
    OnnxFile node(String operator, String from, String to, List<Attribute> attributes) {
        ByteArrayOutputStream node = new ByteArrayOutputStream();
        text(node, 1, from);
        text(node, 2, to);
        text(node, 3, to);
        text(node, 4, operator);
        for (Attribute attribute : attributes) {
            bytes(node, 5, attribute.encode());
        }
        bytes(graph, 1, node);
        return this;
    }

    /** An attribute of an operator: one integer, or a list of them. */
    record Attribute(String name, boolean isList, List<Long> values) {

        static Attribute of(String name, long value) {
            return new Attribute(name, false, List.of(value));
        }

        static Attribute list(String name, long... values) {
            return new Attribute(name, true, LongStream.of(values).boxed().toList());
        }

        private ByteArrayOutputStream encode() {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            text(out, 1, name);
            for (long value : values) {
                number(out, isList ? 8 : 3, value);
            }
            number(out, 20, isList ? 7 : 2);
            return out;
        }
    }

    byte[] toBytes() {
        text(graph, 2, "graph");
        ByteArrayOutputStream opset = new ByteArrayOutputStream();
        text(opset, 1, "");
        number(opset, 2, 17);
        ByteArrayOutputStream model = new ByteArrayOutputStream();
        number(model, 1, 8);
        bytes(model, 7, graph);
        bytes(model, 8, opset);
        return model.toByteArray();
    }

    private static ByteArrayOutputStream value(String name, int type, String... dimensions) {
        ByteArrayOutputStream shape = new ByteArrayOutputStream();
        for (String dimension : dimensions) {
            ByteArrayOutputStream size = new ByteArrayOutputStream();
            text(size, 2, dimension);
            bytes(shape, 1, size);
        }
        ByteArrayOutputStream tensor = new ByteArrayOutputStream();
        number(tensor, 1, type);
        bytes(tensor, 2, shape);
        ByteArrayOutputStream kind = new ByteArrayOutputStream();
        bytes(kind, 1, tensor);
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        text(value, 1, name);
        bytes(value, 2, kind);
        return value;
    }

    private static void text(ByteArrayOutputStream out, int field, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        varint(out, ((long) field << 3) | 2);
        varint(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static void bytes(ByteArrayOutputStream out, int field, ByteArrayOutputStream message) {
        varint(out, ((long) field << 3) | 2);
        varint(out, message.size());
        out.writeBytes(message.toByteArray());
    }

    private static void number(ByteArrayOutputStream out, int field, long value) {
        varint(out, (long) field << 3);
        varint(out, value);
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
