package io.github.djlctc.audit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Record;

import io.github.djlctc.batch.CTCInputException;
import io.github.djlctc.batch.WholeNumbers;

/** A record of a data set, of the form that the batchifiers take, as a sample of an audit. */
final class AuditedRecord {

    private AuditedRecord() {}

    static AuditSample sample(String id, Record record) {
        NDArray features = only("data", record.getData());
        NDArray target = only("labels", record.getLabels());
        Shape shape = features.getShape();
        if (shape.dimension() == 0 || target.getShape().dimension() != 1) {
            throw new CTCInputException(
                    "the features have the shape "
                            + shape
                            + " and the target "
                            + target.getShape()
                            + ", but must be (T,...) and (S)");
        }
        long[] labels = target.isEmpty() ? new long[0] : WholeNumbers.read(target, "targets");
        return AuditSample.builder()
                .setId(id)
                .setTarget(labels)
                .optFrames(Math.toIntExact(shape.get(0)))
                .optFeatures(features)
                .build();
    }

    private static NDArray only(String name, NDList list) {
        if (list.size() != 1) {
            throw new CTCInputException(
                    "the " + name + " have " + list.size() + " arrays, but must have one");
        }
        return list.head();
    }
}
