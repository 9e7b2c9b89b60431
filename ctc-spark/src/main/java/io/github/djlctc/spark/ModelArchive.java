package io.github.djlctc.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Packs the folder of a model into a file, and unpacks it. */
final class ModelArchive {

    private static final String PROPERTIES = "serving.properties";
    private static final int BUFFER = 1 << 16;

    private ModelArchive() {}

    /** Packs all files of a folder and those below it; fast, since parameters hardly shrink. */
    static void pack(Path folder, Path archive) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(archive))) {
            out.setLevel(Deflater.BEST_SPEED);
            for (Path file : files) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                out.putNextEntry(new ZipEntry(name));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
    }

    /**
     * Unpacks a file.
     *
     * @param archive a zip file
     * @param folder an empty folder
     * @throws IOException if the archive is damaged, wants to write elsewhere, or is too large for
     *     the disk
     */
    static void unpack(Path archive, Path folder) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            checkSpace(zip, archive, folder);
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                unpack(zip, entries.nextElement(), archive, folder);
            }
        } catch (ZipException e) {
            throw new IOException(
                    archive + " is damaged, or no zip file: " + e.getMessage() + "; copy it again",
                    e);
        }
    }

    private static void checkSpace(ZipFile zip, Path archive, Path folder) throws IOException {
        long space = Files.getFileStore(folder).getUsableSpace();
        long needed = 0;
        Enumeration<? extends ZipEntry> entries = zip.entries();
        while (entries.hasMoreElements() && needed <= space) {
            needed += Math.max(0, entries.nextElement().getSize());
        }
        if (needed > space || needed < 0) {
            throw new IOException(
                    ("%s unpacks to more than the %d bytes that are left in %s; set another"
                                    + " java.io.tmpdir")
                            .formatted(archive, space, folder));
        }
    }

    private static void unpack(ZipFile zip, ZipEntry entry, Path archive, Path folder)
            throws IOException {
        Path target = target(entry, archive, folder);
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        try (InputStream in = zip.getInputStream(entry);
                OutputStream out = Files.newOutputStream(target)) {
            copy(in, out, entry, archive);
        }
    }

    private static Path target(ZipEntry entry, Path archive, Path folder) throws IOException {
        String name = entry.getName().replace('\\', '/');
        Path target = folder.resolve(name).normalize();
        if (!target.startsWith(folder) || name.contains(":") || name.indexOf('\0') >= 0) {
            throw new IOException(
                    archive + " is refused, since its entry \"" + name + "\" is outside of it");
        }
        return target;
    }

    /** What is claimed was checked against the disk, so that more is not written. */
    private static void copy(InputStream in, OutputStream out, ZipEntry entry, Path archive)
            throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = entry.getSize();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            left -= read;
            if (left < 0) {
                throw new IOException(
                        "%s is damaged: its entry \"%s\" is longer than the %d bytes it claims"
                                .formatted(archive, entry.getName(), entry.getSize()));
            }
            out.write(buffer, 0, read);
        }
    }

    /** Returns the folder of the model: this, or the only one in it, as programs pack folders. */
    static Path root(Path folder) throws IOException {
        if (Files.isRegularFile(folder.resolve(PROPERTIES))) {
            return folder;
        }
        List<Path> inside;
        try (Stream<Path> all = Files.list(folder)) {
            inside = all.limit(2).toList();
        }
        return inside.size() == 1 && Files.isRegularFile(inside.get(0).resolve(PROPERTIES))
                ? inside.get(0)
                : folder;
    }

    /** Tells whether a folder is one that DJL loads by itself. */
    static boolean isModel(Path folder) {
        return Files.isRegularFile(folder.resolve(PROPERTIES));
    }

    /** Deletes a folder or a file, and what of it can be deleted. */
    static void delete(Path path) {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            // A file of a temporary folder that another process holds is left to the system.
        }
    }
}
