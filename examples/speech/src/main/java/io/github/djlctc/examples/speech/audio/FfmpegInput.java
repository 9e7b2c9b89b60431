package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.speech.audio.AudioFormatException.Problem;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The sound of a file as a WAV file of floating point numbers, which FFmpeg writes into a pipe
 * while it is read. A process that fails, that complains, or that gives nothing for a minute is an
 * error.
 *
 * <p>FFmpeg opens nothing but the file: no other protocol, and no format that names further files.
 */
final class FfmpegInput extends InputStream {

    private static final long SILENT_SECONDS = 60;
    private static final long KILL_SECONDS = 10;
    private static final int SHOWN_CHARACTERS = 300;

    /** Formats of sound and video that hold all of it themselves; playlists, for one, do not. */
    private static final String FORMATS =
            "aac,ac3,aiff,amr,ape,asf,au,avi,caf,dts,eac3,flac,flv,loas,matroska,mov,mp3,mpc,mpc8,"
                    + "mpeg,mpegts,ogg,oma,rm,tak,tta,voc,w64,wav,wv";

    private static final ScheduledThreadPoolExecutor WATCH = watch();

    private final Path file;
    private final Path content;
    private final Path messages;
    private final Process process;
    private final InputStream output;
    private volatile boolean silent;

    private FfmpegInput(Path program, AudioContent source) throws IOException {
        file = source.name();
        messages = Files.createTempFile("ffmpeg", ".txt");
        Path spooled = null;
        try {
            spooled = source.onDisk().isPresent() ? null : source.spool();
            process = start(program, spooled == null ? source.onDisk().orElseThrow() : spooled);
        } catch (IOException e) {
            deleteFiles(spooled);
            throw e;
        }
        content = spooled;
        output = process.getInputStream();
    }

    private static ScheduledThreadPoolExecutor watch() {
        ScheduledThreadPoolExecutor watch =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread thread = new Thread(task, "ffmpeg-watch");
                            thread.setDaemon(true);
                            return thread;
                        });
        watch.setRemoveOnCancelPolicy(true);
        return watch;
    }

    /** Tells whether FFmpeg is on the path. */
    static boolean isThere() {
        return program().isPresent();
    }

    /**
     * Starts FFmpeg, if it is there.
     *
     * @param source the content, at its start
     */
    static Optional<InputStream> start(AudioContent source) throws IOException {
        Optional<Path> program = program();
        return program.isEmpty()
                ? Optional.empty()
                : Optional.of(new FfmpegInput(program.get(), source));
    }

    /** Returns the program in a folder of {@code PATH}; never one in the working folder. */
    private static Optional<Path> program() {
        boolean windows = File.separatorChar == '\\';
        String path = System.getenv("PATH");
        for (String folder : path == null ? new String[0] : path.split(File.pathSeparator)) {
            Optional<Path> program = program(folder, windows ? "ffmpeg.exe" : "ffmpeg");
            if (program.isPresent()) {
                return program;
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> program(String folder, String name) {
        try {
            return Optional.of(Path.of(folder, name))
                    .filter(program -> program.isAbsolute() && Files.isExecutable(program));
        } catch (InvalidPathException e) {
            return Optional.empty(); // Windows allows quotation marks in PATH, and in no path
        }
    }

    private Process start(Path program, Path input) throws IOException {
        List<String> command =
                List.of(
                        program.toString(),
                        "-nostdin",
                        "-hide_banner",
                        "-loglevel",
                        "error",
                        "-xerror",
                        "-protocol_whitelist",
                        "file",
                        "-format_whitelist",
                        FORMATS,
                        "-i",
                        "file:" + input.toAbsolutePath(),
                        "-map",
                        "0:a:0",
                        "-c:a",
                        "pcm_f32le",
                        "-f",
                        "wav",
                        "pipe:1");
        Process started = new ProcessBuilder(command).redirectError(messages.toFile()).start();
        started.getOutputStream().close();
        return started;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        ScheduledFuture<?> watch = WATCH.schedule(this::kill, SILENT_SECONDS, TimeUnit.SECONDS);
        int read;
        try {
            read = output.read(buffer, offset, length);
        } finally {
            watch.cancel(false);
        }
        if (read < 0) {
            checkEnd();
        }
        return read;
    }

    private void kill() {
        silent = true;
        process.destroyForcibly();
    }

    private void checkEnd() throws IOException {
        int code = waitForEnd();
        String text = Files.readString(messages, Charset.defaultCharset()).strip();
        if (silent) {
            throw new IOException(
                    file + ": ffmpeg gave nothing for " + SILENT_SECONDS + " s, and was stopped");
        }
        if (code != 0 || !text.isEmpty()) {
            String shown = text.isEmpty() ? "exit code " + code : text.replaceAll("\\R", "; ");
            throw new AudioFormatException(
                    file,
                    Problem.UNSUPPORTED,
                    "neither "
                            + AudioFiles.FORMATS
                            + ", and ffmpeg cannot use it: "
                            + shown.substring(0, Math.min(SHOWN_CHARACTERS, shown.length())));
        }
    }

    private int waitForEnd() throws IOException {
        try {
            if (process.waitFor(SILENT_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            throw new IOException(file + ": ffmpeg does not end");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(file + ": interrupted while ffmpeg reads it", e);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        output.close();
        // Windows deletes no file that a process has open.
        process.onExit().orTimeout(KILL_SECONDS, TimeUnit.SECONDS).exceptionally(e -> null).join();
        deleteFiles(content);
    }

    private void deleteFiles(Path spooled) throws IOException {
        Files.deleteIfExists(messages);
        if (spooled != null) {
            Files.deleteIfExists(spooled);
        }
    }
}
