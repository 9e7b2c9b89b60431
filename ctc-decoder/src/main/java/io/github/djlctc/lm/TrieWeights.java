package io.github.djlctc.lm;

/**
 * The weights in the entries of a KenLM trie for n-grams of two or more words: floats, or the
 * indexes of floats in tables of the length of the n-grams.
 */
abstract sealed class TrieWeights permits TrieWeights.Plain, TrieWeights.Quantized {

    final int probabilityBits;
    final int backoffBits;
    private final int order;

    private TrieWeights(int order, int probabilityBits, int backoffBits) {
        this.order = order;
        this.probabilityBits = probabilityBits;
        this.backoffBits = backoffBits;
    }

    static TrieWeights create(LittleEndianMemory file, KenLMHeader header)
            throws LanguageModelFormatException {
        return header.isQuantized() ? new Quantized(file, header) : new Plain(header);
    }

    /** Returns the bits of all weights of an n-gram. */
    final int bits(int length) {
        return length < order ? probabilityBits + backoffBits : probabilityBits;
    }

    /** Returns how many bits of the weights precede the probability. */
    abstract int probabilityOffset(int length);

    /** Returns how many bits of the weights precede the back-off weight. */
    abstract int backoffOffset();

    abstract float probability(int length, long bits);

    abstract float backoff(int length, long bits);

    /** Weights as floats; probabilities lack the sign, which is always negative. */
    static final class Plain extends TrieWeights {

        Plain(KenLMHeader header) {
            super(header.order(), 31, 32);
        }

        @Override
        int probabilityOffset(int length) {
            return 0;
        }

        @Override
        int backoffOffset() {
            return probabilityBits;
        }

        @Override
        float probability(int length, long bits) {
            return -Float.intBitsToFloat((int) bits);
        }

        @Override
        float backoff(int length, long bits) {
            return Float.intBitsToFloat((int) bits);
        }
    }

    /** Weights as indexes of tables, which precede the unigrams. */
    static final class Quantized extends TrieWeights {

        private static final int VERSION = 2;
        private static final int MAX_BITS = 25;

        private final LittleEndianMemory file;
        private final int order;
        private final long tables;

        Quantized(LittleEndianMemory file, KenLMHeader header) throws LanguageModelFormatException {
            this(file, header, header.take(Long.BYTES));
        }

        private Quantized(LittleEndianMemory file, KenLMHeader header, long start)
                throws LanguageModelFormatException {
            super(header.order(), file.getByte(start + 1), file.getByte(start + 2));
            int version = file.getByte(start);
            header.check(version == VERSION, "its quantization has the version " + version);
            checkBits(header, probabilityBits);
            checkBits(header, backoffBits);
            this.file = file;
            this.order = header.order();
            this.tables =
                    header.take(
                            (order - 2) * (tableSize(probabilityBits) + tableSize(backoffBits))
                                    + tableSize(probabilityBits));
            for (int length = 2; length <= order; length++) {
                checkTable(header, length);
            }
        }

        private void checkTable(KenLMHeader header, int length)
                throws LanguageModelFormatException {
            for (long i = 0; i < 1L << probabilityBits; i++) {
                check(header, length, probability(length, i), 0);
            }
            for (long i = 0; length < order && i < 1L << backoffBits; i++) {
                check(header, length, backoff(length, i), Float.MAX_VALUE);
            }
        }

        private static void check(KenLMHeader header, int length, float weight, float largest)
                throws LanguageModelFormatException {
            // Not a number is refused too.
            if (!(weight <= largest)) {
                header.check(
                        false, "a logarithm of its n-grams of " + length + " words is " + weight);
            }
        }

        private static void checkBits(KenLMHeader header, int bits)
                throws LanguageModelFormatException {
            header.check(bits > 0 && bits <= MAX_BITS, "its weights have " + bits + " bits");
        }

        private static long tableSize(int bits) {
            return (long) Float.BYTES << bits;
        }

        @Override
        int probabilityOffset(int length) {
            return length < order ? backoffBits : 0;
        }

        @Override
        int backoffOffset() {
            return 0;
        }

        @Override
        float probability(int length, long bits) {
            return file.getFloat(table(length) + bits * Float.BYTES);
        }

        @Override
        float backoff(int length, long bits) {
            return file.getFloat(table(length) + tableSize(probabilityBits) + bits * Float.BYTES);
        }

        private long table(int length) {
            return tables + (length - 2) * (tableSize(probabilityBits) + tableSize(backoffBits));
        }
    }
}
