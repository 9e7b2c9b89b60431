package io.github.djlctc.spark;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

import java.util.Arrays;
import java.util.List;

import static org.apache.spark.sql.functions.col;

/** Finds columns by their names. */
final class Columns {

    private Columns() {}

    /**
     * Returns the type of a column.
     *
     * @throws IllegalArgumentException if there is no such column
     */
    static DataType typeOf(StructType schema, String name) {
        List<String> names = Arrays.asList(schema.fieldNames());
        int index = names.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "there is no column \"" + name + "\"; there are " + String.join(", ", names));
        }
        return schema.fields()[index].dataType();
    }

    /**
     * Returns a column of rows.
     *
     * @throws IllegalArgumentException if they have no such column
     */
    static Column of(Dataset<Row> rows, String name) {
        typeOf(rows.schema(), name);
        return named(name);
    }

    /** Returns a column by its name, in which a dot is no access to a field. */
    static Column named(String name) {
        return col("`" + name.replace("`", "``") + "`");
    }
}
