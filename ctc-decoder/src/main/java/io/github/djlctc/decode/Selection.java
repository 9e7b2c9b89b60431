package io.github.djlctc.decode;

/** Finds the n-th greatest of many values. */
final class Selection {

    private Selection() {}

    /**
     * Returns the n-th greatest value; reorders the values.
     *
     * <p>C. A. R. Hoare, "Algorithm 65: Find", Communications of the ACM 4 (1961).
     */
    static double nthGreatest(double[] values, int count, int n) {
        int low = 0;
        int high = count - 1;
        while (low < high) {
            double pivot = values[(low + high) >>> 1];
            int left = low;
            int right = high;
            while (left <= right) {
                while (values[left] > pivot) {
                    left++;
                }
                while (values[right] < pivot) {
                    right--;
                }
                if (left <= right) {
                    double swapped = values[left];
                    values[left++] = values[right];
                    values[right--] = swapped;
                }
            }
            if (n - 1 <= right) {
                high = right;
            } else if (n - 1 >= left) {
                low = left;
            } else {
                break;
            }
        }
        return values[n - 1];
    }
}
