package io.github.djlctc.spark;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.forall;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

/**
 * Reads emissions from columns, as float arrays without boxes where Spark has them so.
 *
 * @param emissions the name of the column of scores
 * @param frames the name of the column of their frames, or null
 * @param classes the scores of a frame, or 0 if they are not known
 */
record EmissionColumns(String emissions, String frames, int classes) {

    /** Why an earlier step has no emissions of a row, if the rows have such a column. */
    private static final String ERROR = "error";

    private static final String FRAMES = "frames of the emissions";
    private static final String PROBLEM = "problem of the emissions";

    /** Returns the columns that are none of these. */
    StructType others(StructType schema) {
        Columns.typeOf(schema, emissions);
        if (frames != null) {
            Columns.typeOf(schema, frames);
        }
        return new StructType(
                Arrays.stream(schema.fields())
                        .filter(field -> !isOneOfThese(field.name()))
                        .toArray(StructField[]::new));
    }

    private static boolean hasErrors(StructType schema) {
        return Arrays.asList(schema.fieldNames()).contains(ERROR);
    }

    private boolean isOneOfThese(String name) {
        return name.equals(emissions) || name.equals(frames) || name.equals(ERROR);
    }

    /**
     * Selects the other columns, and behind them the frames or null, and what is wrong with the
     * scores or null; and the scores of each utterance in one array.
     *
     * @throws IllegalArgumentException if a column is missing or of another type
     */
    Dataset<Tuple2<Row, float[]>> select(Dataset<Row> rows) {
        StructType others = others(rows.schema());
        ArrayType type = arrayType(Columns.typeOf(rows.schema(), emissions));
        boolean nested = type.elementType() instanceof ArrayType;
        Column scores = Columns.named(emissions);
        Column earlier = hasErrors(rows.schema()) ? Columns.named(ERROR) : lit(null);
        Column problem =
                when(earlier.isNotNull(), earlier.cast(DataTypes.StringType))
                        .when(scores.isNull(), lit("there are no emissions"));
        Column count = frames == null ? lit(null) : Columns.named(frames);
        if (nested) {
            if (classes > 0) {
                problem = problem.when(not(forall(scores, this::isFrame)), lit(wrongFrame()));
            }
            count = size(scores);
            scores = flatten(scores);
        }
        boolean nullable = mayHoldNull(type);
        scores = scores.cast(DataTypes.createArrayType(DataTypes.FloatType, nullable));
        if (nullable) {
            problem = problem.when(exists(scores, Column::isNull), lit("a score is null"));
            scores = when(problem.isNull(), scores);
        }
        StructType described =
                others.add(FRAMES, DataTypes.LongType).add(PROBLEM, DataTypes.StringType);
        List<Column> description = new ArrayList<>();
        for (String name : others.fieldNames()) {
            description.add(Columns.named(name));
        }
        description.add(count.cast(DataTypes.LongType).as(FRAMES));
        description.add(problem.as(PROBLEM));
        return rows.select(struct(description.toArray(Column[]::new)).as("_1"), scores.as("_2"))
                .as(
                        Encoders.tuple(
                                Encoders.row(described),
                                rows.sparkSession().implicits().newFloatArrayEncoder()));
    }

    private ArrayType arrayType(DataType type) {
        if (type instanceof ArrayType array) {
            DataType element = array.elementType();
            DataType score = element instanceof ArrayType inner ? inner.elementType() : element;
            if (score instanceof NumericType) {
                return array;
            }
        }
        throw new IllegalArgumentException(
                "the column \""
                        + emissions
                        + "\" is of type "
                        + type.catalogString()
                        + ", but must be array<float>, array<double>, or an array of these");
    }

    private Column isFrame(Column frame) {
        return frame.isNotNull().and(size(frame).equalTo(classes));
    }

    private String wrongFrame() {
        return "a frame has other than " + classes + " scores, the number of classes";
    }

    private static boolean mayHoldNull(ArrayType array) {
        return array.containsNull()
                || (array.elementType() instanceof ArrayType inner && inner.containsNull());
    }
}
