package io.github.djlctc.dataset;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** Reads arrays of ids and lengths to the host, all of them in one transfer. */
final class WholeNumbers {

    private WholeNumbers() {}

    /**
     * Returns the values of each array, flattened.
     *
     * @throws CTCInputException if a type is not numeric or a value is not whole
     */
    static long[][] read(NDList arrays, String[] names) {
        boolean floating = false;
        for (int i = 0; i < arrays.size(); i++) {
            DataType type = arrays.get(i).getDataType();
            if (!type.isInteger() && !type.isFloating()) {
                throw new CTCInputException(
                        "the " + names[i] + " are of type " + type + ", but must be int64");
            }
            floating |= type.isFloating();
        }
        long[] all = transfer(arrays, floating ? DataType.FLOAT64 : DataType.INT64, names);
        long[][] parts = new long[arrays.size()][];
        int start = 0;
        for (int i = 0; i < parts.length; i++) {
            parts[i] = new long[Math.toIntExact(arrays.get(i).size())];
            System.arraycopy(all, start, parts[i], 0, parts[i].length);
            start += parts[i].length;
        }
        return parts;
    }

    private static long[] transfer(NDList arrays, DataType type, String[] names) {
        try (NDList closing = new NDList()) {
            NDList flat = new NDList(arrays.size());
            for (NDArray array : arrays) {
                NDArray here = array.toDevice(arrays.head().getDevice(), false);
                NDArray typed = here.toType(type, false);
                NDArray row = typed.reshape(new Shape(-1));
                closing.add(row);
                addUnlessSame(closing, here, array);
                addUnlessSame(closing, typed, here);
                flat.add(row);
            }
            NDArray joined = flat.size() == 1 ? flat.head() : NDArrays.concat(flat);
            addUnlessSame(closing, joined, flat.head());
            return type == DataType.INT64
                    ? joined.toLongArray()
                    : whole(joined.toDoubleArray(), arrays, names);
        }
    }

    private static void addUnlessSame(NDList closing, NDArray array, NDArray original) {
        if (array != original) {
            closing.add(array);
        }
    }

    private static long[] whole(double[] values, NDList arrays, String[] names) {
        long[] result = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            if (values[i] != Math.rint(values[i]) || Math.abs(values[i]) > 1L << 53) {
                throw notWhole(values[i], i, arrays, names);
            }
            result[i] = (long) values[i];
        }
        return result;
    }

    private static CTCInputException notWhole(
            double value, int index, NDList arrays, String[] names) {
        int array = 0;
        long position = index;
        while (position >= arrays.get(array).size()) {
            position -= arrays.get(array).size();
            array++;
        }
        Shape shape = arrays.get(array).getShape();
        String place = "element " + position;
        if (shape.dimension() == 2) {
            place = "sample " + position / shape.get(1) + ", position " + position % shape.get(1);
        }
        return new CTCInputException(
                "the "
                        + names[array]
                        + " hold "
                        + value
                        + " at "
                        + place
                        + ", but must be whole numbers; int64 is the usual type");
    }
}
