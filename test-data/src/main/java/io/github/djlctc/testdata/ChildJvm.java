package io.github.djlctc.testdata;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A second JVM with the class path of this one, for what may end a process. */
public final class ChildJvm {

    private ChildJvm() {}

    /**
     * Prepares a JVM that runs a program.
     *
     * @param program its class, with a main method
     * @param options of the JVM
     * @param arguments of the program
     * @return what starts it, to redirect streams of
     */
    public static ProcessBuilder of(Class<?> program, List<String> options, String... arguments) {
        return with(System.getProperty("java.class.path"), program, options, arguments);
    }

    /**
     * Prepares a JVM that runs a program without some of the class path of this one.
     *
     * @param left tells which entries are left out, by the names of their files
     * @param program its class, with a main method
     * @param arguments of the program
     * @return what starts it, to redirect streams of
     */
    public static ProcessBuilder without(
            Predicate<String> left, Class<?> program, String... arguments) {
        String classPath =
                Arrays.stream(
                                System.getProperty("java.class.path")
                                        .split(Pattern.quote(File.pathSeparator)))
                        .filter(entry -> !left.test(Path.of(entry).getFileName().toString()))
                        .collect(Collectors.joining(File.pathSeparator));
        return with(classPath, program, List.of(), arguments);
    }

    private static ProcessBuilder with(
            String classPath, Class<?> program, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        command.add(classPath);
        command.addAll(options);
        command.add(program.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    /**
     * Makes many calls that should be refused before native code gets them.
     *
     * @param program makes as many calls as its first argument says, at random from the seed of its
     *     second, and prints "N results, M refusals" at the end
     * @param calls how many
     * @return how many were refused
     * @throws AssertionError if the JVM ends otherwise, with its output
     * @throws IOException if no JVM can be started
     * @throws InterruptedException if interrupted while it runs
     */
    public static int refusals(Class<?> program, int calls)
            throws IOException, InterruptedException {
        List<String> options = List.of("-Xmx512m", "-Dai.djl.pytorch.num_threads=1");
        Process process =
                of(program, options, Integer.toString(calls), "1")
                        .redirectErrorStream(true)
                        .start();
        List<String> output = process.inputReader().lines().toList();
        String last = output.isEmpty() ? "" : output.get(output.size() - 1);
        if (process.waitFor() != 0 || !last.matches("\\d+ results, \\d+ refusals")) {
            throw new AssertionError("exit code " + process.exitValue() + ": " + output);
        }
        return Integer.parseInt(last.replaceAll(".* results, (\\d+) refusals", "$1"));
    }
}
