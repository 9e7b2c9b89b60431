package io.github.djlctc.examples.common.train;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The process that a lock file names. */
record LockHolder(long process, String host) {

    private static final Pattern LINE = Pattern.compile("process (\\d{1,18}) on host (\\S+)\\s*");

    static LockHolder ofThisProcess() {
        return new LockHolder(ProcessHandle.current().pid(), thisHost());
    }

    /** Reads what {@link #toString} wrote; nothing if it is something else. */
    static Optional<LockHolder> parse(String text) {
        Matcher line = LINE.matcher(text);
        return line.matches()
                ? Optional.of(new LockHolder(Long.parseLong(line.group(1)), line.group(2)))
                : Optional.empty();
    }

    /** Tells whether the process runs, or may do so because it is on another host. */
    boolean mayRun() {
        return !host.equals(thisHost()) || ProcessHandle.of(process).isPresent();
    }

    private static String thisHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    @Override
    public String toString() {
        return "process " + process + " on host " + host;
    }
}
