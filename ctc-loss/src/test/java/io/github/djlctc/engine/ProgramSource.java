package io.github.djlctc.engine;

/** Sources of TorchScript programs, for tests that change them. */
public final class ProgramSource {

    private ProgramSource() {}

    /** Reads files on the class path, one after another. */
    public static String read(Class<?> owner, String... resources) {
        StringBuilder source = new StringBuilder();
        for (String resource : resources) {
            source.append(TorchScriptProgram.read(owner, resource));
        }
        return source.toString();
    }

    /** Creates a program. */
    public static TorchScriptProgram program(String source) {
        return TorchScriptProgram.ofSource("changed source", source);
    }
}
