package io.github.djlctc.spark;

import org.apache.hadoop.conf.Configuration;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;

/** The settings of Hadoop's file systems, which travel to the executors. */
final class HadoopSettings implements Serializable {

    private static final long serialVersionUID = 1L;

    private final byte[] written;

    HadoopSettings(Configuration configuration) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            configuration.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        written = bytes.toByteArray();
    }

    Configuration configuration() throws IOException {
        Configuration configuration = new Configuration(false);
        configuration.readFields(new DataInputStream(new ByteArrayInputStream(written)));
        return configuration;
    }
}
