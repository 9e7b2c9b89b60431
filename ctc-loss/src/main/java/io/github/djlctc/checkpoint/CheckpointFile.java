package io.github.djlctc.checkpoint;

import io.github.djlctc.checkpoint.CheckpointException.Problem;
import io.github.djlctc.file.AtomicFile;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * The frame of a checkpoint's file: the magic number, the version (int32), the content, and the
 * CRC-32C of all before (int64). Numbers are big-endian, as {@link DataOutputStream} writes them.
 */
final class CheckpointFile {

    private static final byte[] MAGIC = {(byte) 0x89, 'D', 'J', 'L', 'C', 'T', 'C', '\n'};
    private static final int VERSION = 1;

    /** As the other one, with an average of the parameters at the end of the content. */
    private static final int VERSION_WITH_AVERAGE = 2;

    private static final int HEADER_BYTES = MAGIC.length + Integer.BYTES;
    private static final int CHECKSUM_BYTES = Long.BYTES;
    private static final int BUFFER_BYTES = 1 << 16;

    private CheckpointFile() {}

    static void write(TrainingCheckpoint checkpoint, Path file) throws IOException {
        AtomicFile.checkTarget(file);
        Path temporary = file.resolveSibling(file.getFileName() + CheckpointStore.TEMPORARY);
        try {
            try (OutputStream stream = Files.newOutputStream(temporary);
                    OutputStream buffered = new BufferedOutputStream(stream, BUFFER_BYTES)) {
                CheckedOutputStream checked = new CheckedOutputStream(buffered, new CRC32C());
                DataOutputStream out = new DataOutputStream(checked);
                out.write(MAGIC);
                out.writeInt(checkpoint.average().isPresent() ? VERSION_WITH_AVERAGE : VERSION);
                CheckpointContent.write(checkpoint, out);
                out.writeLong(checked.getChecksum().getValue());
            }
            AtomicFile.replace(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Reads the file twice: first to verify its checksum, then to make use of its content. */
    static TrainingCheckpoint read(Path file) throws IOException {
        long contentBytes = Files.size(file) - HEADER_BYTES - CHECKSUM_BYTES;
        if (contentBytes < 0) {
            throw damaged(file, "it ends within its header");
        }
        int version;
        try (DataInputStream in = open(file)) {
            version = readVersion(file, in);
        }
        verifyChecksum(file, contentBytes);
        try (DataInputStream in = open(file)) {
            in.skipNBytes(HEADER_BYTES);
            return new CheckpointContent(file, in, contentBytes)
                    .read(version == VERSION_WITH_AVERAGE);
        }
    }

    private static DataInputStream open(Path file) throws IOException {
        return new DataInputStream(
                new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES));
    }

    private static int readVersion(Path file, DataInputStream in) throws IOException {
        if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
            throw new CheckpointException(
                    file,
                    Problem.NOT_A_CHECKPOINT,
                    "no checkpoint of this library: its first bytes are others");
        }
        int version = in.readInt();
        if (version != VERSION && version != VERSION_WITH_AVERAGE) {
            throw new CheckpointException(
                    file,
                    Problem.OTHER_VERSION,
                    "version "
                            + version
                            + " of the checkpoint format, but this library reads versions "
                            + VERSION
                            + " and "
                            + VERSION_WITH_AVERAGE
                            + " only: go on with the version of the library that wrote it");
        }
        return version;
    }

    private static void verifyChecksum(Path file, long contentBytes) throws IOException {
        CRC32C checksum = new CRC32C();
        try (DataInputStream in = open(file)) {
            InputStream checked = new CheckedInputStream(in, checksum);
            checked.skipNBytes(HEADER_BYTES + contentBytes);
            if (in.readLong() != checksum.getValue()) {
                throw damaged(file, "its checksum is another than that of its content");
            }
        }
    }

    static CheckpointException damaged(Path file, String detail) {
        return new CheckpointException(
                file,
                Problem.DAMAGED,
                "truncated or damaged: "
                        + detail
                        + "; delete it to go on from the checkpoint before");
    }
}
