package io.github.djlctc.spark;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the files to recognise are in a row: their bytes, which the result leaves out, or their
 * paths.
 *
 * @param index the column
 * @param held whether it holds the bytes
 * @param mostBytes a longer file is not recognised
 */
record SampleColumn(int index, boolean held, long mostBytes) implements Serializable {

    /**
     * Finds the column: that of the bytes if there is one.
     *
     * @throws IllegalArgumentException if there is neither, or it is of another type
     */
    static SampleColumn find(StructType schema, String content, String path, long mostBytes) {
        List<String> names = Arrays.asList(schema.fieldNames());
        boolean held = names.contains(content);
        int index = names.indexOf(held ? content : path);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "there is neither a column \"%s\" of bytes nor \"%s\" of paths; there are %s"
                            .formatted(content, path, String.join(", ", names)));
        }
        DataType expected = held ? DataTypes.BinaryType : DataTypes.StringType;
        DataType type = schema.fields()[index].dataType();
        if (!type.equals(expected)) {
            throw new IllegalArgumentException(
                    "the column \"%s\" is of type %s, but must be %s"
                            .formatted(
                                    names.get(index),
                                    type.catalogString(),
                                    expected.catalogString()));
        }
        return new SampleColumn(index, held, mostBytes);
    }

    /** Returns the columns that a result goes on with. */
    StructType others(StructType schema) {
        if (!held) {
            return schema;
        }
        List<StructField> others = new ArrayList<>(Arrays.asList(schema.fields()));
        others.remove(index);
        return new StructType(others.toArray(StructField[]::new));
    }

    /** Returns the values that a result goes on with. */
    Row others(Row row) {
        if (!held) {
            return row;
        }
        Object[] others = new Object[row.size() - 1];
        for (int i = 0; i < others.length; i++) {
            others[i] = row.get(i < index ? i : i + 1);
        }
        return RowFactory.create(others);
    }

    /**
     * Returns the bytes of the file of a row.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if the row has none, it is too large, or its path is no path
     */
    byte[] read(Row row, Configuration configuration) throws IOException {
        if (row.isNullAt(index)) {
            throw new IllegalArgumentException(held ? "there is no content" : "there is no path");
        }
        if (!held) {
            return read(new Path(row.getString(index)), configuration);
        }
        byte[] content = row.getAs(index);
        check(content.length);
        return content;
    }

    private byte[] read(Path file, Configuration configuration) throws IOException {
        FileSystem system = file.getFileSystem(configuration);
        FileStatus status = system.getFileStatus(file);
        if (!status.isFile()) {
            throw new FileNotFoundException(file + " is a folder, not a file");
        }
        check(status.getLen());
        try (FSDataInputStream in = system.open(file)) {
            byte[] content = in.readNBytes((int) Math.min(Integer.MAX_VALUE, mostBytes + 1));
            check(content.length); // it may have grown
            return content;
        }
    }

    private void check(long length) {
        if (length > mostBytes) {
            throw new IllegalArgumentException(
                    ("the file is larger than %d bytes; cut it, or allow more"
                                    + " (optMostFileBytes)")
                            .formatted(mostBytes));
        }
    }
}
