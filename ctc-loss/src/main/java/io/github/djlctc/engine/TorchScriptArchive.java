package io.github.djlctc.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs the source of a TorchScript class without parameters into the archive that {@code
 * torch.jit.load} reads.
 *
 * <p>The archive is a zip of stored entries. {@code data.pkl} pickles one object of the class with
 * the single attribute {@code training}; {@code code/__torch__.py} is the source; {@code
 * constants.pkl} an empty tuple. The unpickler knows few opcodes, so the pickle is written opcode
 * by opcode.
 */
final class TorchScriptArchive {

    static final String CLASS_NAME = "Program";

    private static final String FORMAT_VERSION = "3\n";
    private static final int PROTO = 0x80;
    private static final int NEW_OBJECT = 0x81;
    private static final int NEW_TRUE = 0x88;
    private static final byte[] EMPTY_TUPLE_PICKLE = {(byte) PROTO, 2, ')', '.'};

    private TorchScriptArchive() {}

    static byte[] pack(String source) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, "data.pkl", objectPickle());
            put(zip, "code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
            put(zip, "constants.pkl", EMPTY_TUPLE_PICKLE);
            put(zip, "version", FORMAT_VERSION.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new AssertionError("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static byte[] objectPickle() {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.write(PROTO);
        pickle.write(2);
        pickle.writeBytes(ascii("c__torch__\n" + CLASS_NAME + "\n)"));
        pickle.write(NEW_OBJECT);
        pickle.writeBytes(ascii("}(X"));
        byte[] attribute = ascii("training");
        pickle.writeBytes(new byte[] {(byte) attribute.length, 0, 0, 0});
        pickle.writeBytes(attribute);
        pickle.write(NEW_TRUE);
        pickle.writeBytes(ascii("ub."));
        return pickle.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry(CLASS_NAME + "/" + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        // A fixed time makes equal sources equal archives.
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
