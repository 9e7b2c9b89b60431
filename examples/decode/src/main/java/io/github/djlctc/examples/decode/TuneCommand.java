package io.github.djlctc.examples.decode;

import picocli.CommandLine.Command;

import java.util.concurrent.Callable;

/** {@code ctc-decode tune}. */
@Command(name = "tune", description = "x", sortOptions = false)
final class TuneCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        return 0;
    }
}
