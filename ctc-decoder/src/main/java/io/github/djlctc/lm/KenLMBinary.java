package io.github.djlctc.lm;

import io.github.djlctc.file.AtomicFile;
import io.github.djlctc.file.InputFile;
import io.github.djlctc.file.InsufficientMemoryException;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;

/**
 * Writes language models in the binary forms of KenLM, which {@link NGramModel#read} and KenLM's
 * programs map to memory: they open at once, and all processes share their pages.
 *
 * <p>Of an ARPA file that KenLM accepts, the hash tables are those that KenLM's {@code
 * build_binary} writes, byte for byte.
 */
public final class KenLMBinary {

    private KenLMBinary() {}

    /**
     * Turns an ARPA file into a binary.
     *
     * <p>The n-grams must fit into memory: hash tables take about 24 bytes an n-gram on the heap, a
     * trie 4 more for each of its words and 8 for sorting.
     *
     * @param arpa the model, plain or gzip, of order 2 or more
     * @param target the file to create or to replace, in one step when all is written
     * @param structure how the n-grams are held
     * @return the mistakes in the ARPA file that were corrected, as {@link NGramModel#warnings()}
     * @throws LanguageModelFormatException if the model is no ARPA file, is damaged, or has words
     *     only
     * @throws InsufficientMemoryException if its n-grams do not fit into memory
     * @throws IOException if a file cannot be read or written; the target is unchanged then
     */
    public static List<String> write(Path arpa, Path target, KenLMStructure structure)
            throws IOException {
        return write(arpa, target, structure, (step, nGrams, total) -> {});
    }

    /**
     * Turns an ARPA file into a binary, as {@link #write(Path, Path, KenLMStructure)} does.
     *
     * @param arpa the model, plain or gzip, of order 2 or more
     * @param target the file to create or to replace
     * @param structure how the n-grams are held
     * @param listener is told how far this has come, in the thread of the caller
     * @return the mistakes in the ARPA file that were corrected
     * @throws LanguageModelFormatException if the model is no ARPA file, is damaged, or has words
     *     only
     * @throws InsufficientMemoryException if its n-grams do not fit into memory
     * @throws IOException if a file cannot be read or written; the target is unchanged then
     */
    public static List<String> write(
            Path arpa, Path target, KenLMStructure structure, BinaryListener listener)
            throws IOException {
        Objects.requireNonNull(arpa, "arpa");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(structure, "structure");
        Objects.requireNonNull(listener, "listener");
        Path partial = AtomicFile.partial(target);
        try {
            ArpaContents contents = read(arpa, structure, listener);
            try (FileChannel channel =
                    FileChannel.open(
                            partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                KenLMOutput out = new KenLMOutput(channel);
                switch (structure) {
                    case PROBING -> contents.nGrams().writeTo(out);
                    case TRIE -> new TrieWriter(contents.nGrams(), out, listener).write();
                }
                out.flush();
            }
            AtomicFile.replace(partial, target);
            return contents.warnings();
        } catch (OutOfMemoryError e) {
            throw InsufficientMemoryException.of(arpa, e);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static ArpaContents read(Path arpa, KenLMStructure structure, BinaryListener listener)
            throws IOException {
        ArpaContents contents;
        try (InputStream stream = new BufferedInputStream(InputFile.open(arpa), 1 << 16)) {
            stream.mark(KenLMHeader.MAGIC.length());
            byte[] start = stream.readNBytes(KenLMHeader.MAGIC.length());
            stream.reset();
            if (KenLMHeader.begins(start)) {
                throw new LanguageModelFormatException(
                        arpa, "this is a KenLM binary already; give the ARPA file");
            }
            contents = ArpaFile.read(arpa, stream, structure == KenLMStructure.TRIE, listener);
        }
        if (contents.nGrams().order() == 1) {
            throw new LanguageModelFormatException(
                    arpa, "it has no 2-grams, without which there is no KenLM binary");
        }
        return contents;
    }
}
