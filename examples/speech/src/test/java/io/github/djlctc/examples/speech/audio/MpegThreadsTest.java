package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.common.SampleFileException;

import org.junit.jupiter.api.Test;

import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javazoom.jl.decoder.Decoder;

import static org.assertj.core.api.Assertions.assertThat;

/** JLayer fills tables that all decoders share, while the first frame is decoded. */
class MpegThreadsTest {

    private static final Path RESOURCES = Path.of("src/test/resources/audio");
    private static final int THREADS = 4;
    private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

    @Test
    void theFirstFilesOfAProcessMayBeReadAtTheSameTime() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (int i = 0; i < 20; i++) {
                URL[] places = {
                    place(AudioFiles.class), place(SampleFileException.class), place(Decoder.class)
                };
                try (URLClassLoader classes = new URLClassLoader(places, PLATFORM)) {
                    readTogether(classes.loadClass(AudioFiles.class.getName()), threads);
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static URL place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    /** Reads the file by a class of which this process has used nothing. */
    private static void readTogether(Class<?> audioFiles, ExecutorService threads)
            throws Exception {
        Method read = audioFiles.getMethod("read", Path.class);
        read.invoke(null, RESOURCES.resolve("layer2.mp2")); // loads classes, all but those of MP3
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Future<?>> results = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            results.add(
                    threads.submit(
                            () -> {
                                start.await();
                                return read.invoke(null, RESOURCES.resolve("mono16k.mp3"));
                            }));
        }
        for (Future<?> result : results) {
            assertThat(result.get()).isNotNull();
        }
    }
}
