package io.github.djlctc.examples.common.train;

import io.github.djlctc.testdata.ChildJvm;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** One run at a time trains in the folder of a model. */
class ModelFolderLockTest {

    private static final String OWN_PROCESS = "process " + ProcessHandle.current().pid();

    @TempDir Path folder;

    @Test
    void refusesASecondRunAndNamesTheFirst() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
        try (ModelFolderLock lock = ModelFolderLock.acquire(folder)) {
            assertThat(lock.takeover()).isEmpty();
            assertThat(lockFile()).content().startsWith(OWN_PROCESS + " on host ");
            for (Path spelling : List.of(folder, link, folder.resolve("."))) {
                assertThatThrownBy(() -> ModelFolderLock.acquire(spelling))
                        .isInstanceOf(FolderInUseException.class)
                        .hasMessageStartingWith("another run, " + OWN_PROCESS + " on host ")
                        .hasMessageContaining("choose another --model");
            }
        }
    }

    @Test
    void isReleasedAtTheEnd() throws Exception {
        ModelFolderLock.acquire(folder).close();

        assertThat(lockFile()).doesNotExist();
        try (ModelFolderLock again = ModelFolderLock.acquire(folder)) {
            assertThat(again.takeover()).isEmpty();
        }
    }

    @Test
    void anotherProcessHoldsItUntilItIsKilled() throws Exception {
        Process other = hold(folder);
        try {
            String name = "process " + other.pid() + " on host ";
            assertThatThrownBy(() -> ModelFolderLock.acquire(folder))
                    .isInstanceOf(FolderInUseException.class)
                    .hasMessageContaining(name);

            other.destroyForcibly().waitFor();

            try (ModelFolderLock lock = ModelFolderLock.acquire(folder)) {
                assertThat(lock.takeover().orElseThrow()).contains(name, "which has ended");
                assertThat(lockFile()).content().startsWith(OWN_PROCESS);
            }
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void takesOverWhatACrashOfTheMachineLeft() throws Exception {
        // The process id is in use again, by another program.
        for (String text : List.of("process 1 on host gone\n", OWN_PROCESS + " on host x\n")) {
            Files.writeString(lockFile(), text);

            try (ModelFolderLock lock = ModelFolderLock.acquire(folder)) {
                assertThat(lock.takeover().orElseThrow()).contains(text.strip());
            }
        }
    }

    @Test
    void takesAFileThatNamesNoProcess() throws Exception {
        Files.createFile(lockFile());

        try (ModelFolderLock lock = ModelFolderLock.acquire(folder)) {
            assertThat(lock.takeover()).isEmpty();
        }
    }

    @Test
    void removesAFolderThatItMadeIfNothingCameIntoIt() throws Exception {
        Path empty = folder.resolve("empty");
        ModelFolderLock.acquire(empty).close();
        assertThat(empty).doesNotExist();

        Path used = folder.resolve("used");
        try (ModelFolderLock lock = ModelFolderLock.acquire(used)) {
            assertThat(lock.takeover()).isEmpty();
            Files.createFile(used.resolve("model.json"));
        }
        assertThat(used).isDirectoryContaining("glob:**/model.json");
    }

    @Test
    void withoutLocksOfTheFileSystemTheNamedProcessDecides() {
        LockHolder own = LockHolder.ofThisProcess();

        assertThat(LockHolder.parse(own + "\n")).contains(own);
        assertThat(own.mayRun()).isTrue();
        assertThat(new LockHolder(Integer.MAX_VALUE, own.host()).mayRun()).isFalse();
        assertThat(new LockHolder(Integer.MAX_VALUE, own.host() + "2").mayRun()).isTrue();
    }

    private Path lockFile() {
        return folder.resolve(ModelFolderLock.FILE);
    }

    private static Process hold(Path folder) throws IOException {
        Process process =
                ChildJvm.of(Holder.class, List.of(), folder.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        assertThat(process.inputReader().readLine()).isEqualTo("held");
        return process;
    }

    /** A program that holds the lock of a folder until it is killed. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            try (ModelFolderLock lock = ModelFolderLock.acquire(Path.of(arguments[0]))) {
                System.out.println(lock.takeover().orElse("held"));
                System.in.read();
            }
        }
    }
}
