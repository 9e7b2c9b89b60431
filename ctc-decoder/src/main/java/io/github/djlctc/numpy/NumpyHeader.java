package io.github.djlctc.numpy;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the header of a {@code .npy} file says: a Python dictionary with the keys {@code descr},
 * {@code fortran_order} and {@code shape}.
 */
record NumpyHeader(ElementType type, ByteOrder byteOrder, Order order, List<Integer> shape) {

    /** The order of the values in the file. */
    enum Order {
        C,
        FORTRAN
    }

    /** The types that can be read. */
    enum ElementType {
        FLOAT32(4),
        FLOAT64(8);

        final int bytes;

        ElementType(int bytes) {
            this.bytes = bytes;
        }
    }

    private static final int MAX_RANK = 64; // that of NumPy 2

    /** Returns how many bytes the values take; fits an int after {@link #parse}. */
    int bytes() {
        return elements() * type.bytes;
    }

    int elements() {
        return shape.stream().reduce(1, (a, b) -> a * b);
    }

    /** Returns the length of each dimension. */
    int[] lengths() {
        return shape.stream().mapToInt(Integer::intValue).toArray();
    }

    static NumpyHeader parse(String text, String source) throws NumpyFormatException {
        return new Parser(text, source).parse();
    }

    /** Reads the subset of Python literals that NumPy writes. */
    private static final class Parser {

        private final String text;
        private final String source;
        private int position;
        private ElementType type;
        private ByteOrder byteOrder;
        private Order order;
        private List<Integer> shape;

        Parser(String text, String source) {
            this.text = text;
            this.source = source;
        }

        NumpyHeader parse() throws NumpyFormatException {
            expect('{');
            Set<String> keys = new TreeSet<>();
            while (!accept('}')) {
                String key = string();
                if (!keys.add(key)) {
                    throw error("the key '" + key + "' comes twice");
                }
                expect(':');
                value(key);
                if (!accept(',')) {
                    expect('}');
                    break;
                }
            }
            skipSpace();
            if (position != text.length()) {
                throw error("text follows the header's closing brace");
            }
            if (!keys.equals(Set.of("descr", "fortran_order", "shape"))) {
                throw error(
                        "the header has the keys " + keys + ", not descr, fortran_order, shape");
            }
            checkSize();
            return new NumpyHeader(type, byteOrder, order, shape);
        }

        private void value(String key) throws NumpyFormatException {
            switch (key) {
                case "descr" -> elementType();
                case "fortran_order" -> order = truth() ? Order.FORTRAN : Order.C;
                case "shape" -> shape = shape();
                default -> throw error("unknown key '" + key + "'");
            }
        }

        private void elementType() throws NumpyFormatException {
            skipSpace();
            if (position < text.length() && text.charAt(position) == '[') {
                throw error("the array has named fields; save plain arrays of float32");
            }
            String descr = string();
            byteOrder = descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            type =
                    switch (descr) {
                        case "<f4", ">f4" -> ElementType.FLOAT32;
                        case "<f8", ">f8" -> ElementType.FLOAT64;
                        case "|O" ->
                                throw error(
                                        "the array holds pickled Python objects; save plain arrays of"
                                                + " float32");
                        default ->
                                throw error(
                                        "the type '"
                                                + descr
                                                + "' is neither float32 nor float64; save"
                                                + " array.astype('float32')");
                    };
        }

        private boolean truth() throws NumpyFormatException {
            skipSpace();
            if (text.startsWith("True", position)) {
                position += 4;
                return true;
            }
            if (text.startsWith("False", position)) {
                position += 5;
                return false;
            }
            throw error("True or False expected");
        }

        private List<Integer> shape() throws NumpyFormatException {
            expect('(');
            List<Integer> lengths = new ArrayList<>();
            while (!accept(')')) {
                lengths.add(length());
                if (lengths.size() > MAX_RANK) {
                    throw error("more than " + MAX_RANK + " dimensions");
                }
                if (!accept(',')) {
                    expect(')');
                    break;
                }
            }
            return List.copyOf(lengths);
        }

        private int length() throws NumpyFormatException {
            skipSpace();
            int start = position;
            while (position < text.length() && isDigit(text.charAt(position))) {
                position++;
            }
            try {
                return Integer.parseInt(text.substring(start, position));
            } catch (NumberFormatException e) {
                position = start;
                throw error("a length from 0 to " + Integer.MAX_VALUE + " expected");
            }
        }

        private void checkSize() throws NumpyFormatException {
            long bytes = type.bytes;
            // A length of 0 makes the product 0, but must not hide that the others overflow.
            for (int length : shape) {
                bytes *= Math.max(1, length);
                if (bytes > Integer.MAX_VALUE) {
                    throw new NumpyFormatException(
                            source,
                            "shape "
                                    + Arrays.toString(shape.toArray())
                                    + " needs more than 2 GiB; split the array");
                }
            }
        }

        private String string() throws NumpyFormatException {
            skipSpace();
            char quote = position < text.length() ? text.charAt(position) : 0;
            int end = quote == '\'' || quote == '"' ? text.indexOf(quote, position + 1) : -1;
            if (end < 0) {
                throw error("a quoted string expected");
            }
            String value = text.substring(position + 1, end);
            position = end + 1;
            return value;
        }

        private void expect(char c) throws NumpyFormatException {
            if (!accept(c)) {
                throw error("'" + c + "' expected");
            }
        }

        private boolean accept(char c) {
            skipSpace();
            if (position < text.length() && text.charAt(position) == c) {
                position++;
                return true;
            }
            return false;
        }

        private void skipSpace() {
            while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
                position++;
            }
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }

        private NumpyFormatException error(String problem) {
            int end = Math.min(text.length(), position + 20);
            String rest = text.substring(Math.min(position, end), end).strip();
            return new NumpyFormatException(
                    source,
                    problem + ", at character " + position + " of the header: \"" + rest + "\"");
        }
    }
}
