package io.github.djlctc.spark.program;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * The process that writes into a folder.
 *
 * @param host the name of its machine
 * @param process its id there
 */
record RunOwner(String host, long process) {

    static RunOwner ofThisProcess() {
        return new RunOwner(hostName(), ProcessHandle.current().pid());
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    /** Tells whether it still runs; of another machine, that is not known, so it is taken to. */
    boolean isAlive() {
        return !hostName().equals(host) || ProcessHandle.of(process).isPresent();
    }

    String description() {
        return "process " + process + " on " + host;
    }
}
