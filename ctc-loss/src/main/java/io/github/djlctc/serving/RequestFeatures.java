package io.github.djlctc.serving;

import ai.djl.modality.Input;
import ai.djl.ndarray.BytesSupplier;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

import io.github.djlctc.batch.FeatureFunction;
import io.github.djlctc.numpy.NumpyFile;
import io.github.djlctc.numpy.NumpyFormatException;

/**
 * Takes the features out of a request: the first part of its content, or that with the key {@code
 * data}.
 *
 * <p>An array of this JVM, JSON, or the file of a NumPy array; see {@link CtcServingTranslator}.
 */
final class RequestFeatures implements FeatureFunction<Input> {

    @Override
    public NDArray apply(NDManager manager, Input request) throws NumpyFormatException {
        if (request.getContent().isEmpty()) {
            throw new IllegalArgumentException("the request has no content");
        }
        BytesSupplier data = request.getData();
        if (data instanceof NDArray array) {
            return SampleFeatures.copy(manager, array);
        }
        if (data instanceof NDList list) {
            if (list.isEmpty()) {
                throw new IllegalArgumentException("the request holds a list of no arrays");
            }
            return SampleFeatures.copy(manager, list.head());
        }
        byte[] bytes = data.getAsBytes();
        if (NumpyFile.isOne(bytes)) {
            return SampleFeatures.ofNumpy(manager, NumpyFile.read(bytes, "the request"));
        }
        return SampleFeatures.ofRows(manager, FeatureJson.read(bytes));
    }
}
