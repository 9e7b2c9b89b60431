package io.github.djlctc.spark;

import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * The models of this process, each loaded once for all tasks.
 *
 * <p>A model that no task uses is kept for the next ones, until another is loaded: models hold
 * memory of the engine, which Java does not reclaim.
 */
final class LoadedModels {

    private static final Map<String, Entry> ENTRIES = new HashMap<>();

    private LoadedModels() {}

    /**
     * Returns a model that is not closed before it is released.
     *
     * @throws IOException if it cannot be loaded; the next call tries again
     */
    static LoadedModel acquire(ModelSource source) throws IOException {
        Entry entry;
        synchronized (ENTRIES) {
            closeIdle(source.name());
            entry = ENTRIES.computeIfAbsent(source.name(), unused -> new Entry());
            entry.users++;
        }
        try {
            return entry.model(source);
        } catch (IOException | RuntimeException | Error e) {
            release(source);
            throw e;
        }
    }

    /** Ends a use. */
    static void release(ModelSource source) {
        synchronized (ENTRIES) {
            ENTRIES.get(source.name()).users--;
        }
    }

    private static void closeIdle(String wanted) {
        Iterator<Map.Entry<String, Entry>> entries = ENTRIES.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, Entry> each = entries.next();
            if (each.getValue().users == 0 && !each.getKey().equals(wanted)) {
                entries.remove();
                each.getValue().close();
            }
        }
    }

    /** A model that its first user loads, and others wait for. */
    private static final class Entry {

        private int users;
        private LoadedModel model;

        synchronized LoadedModel model(ModelSource source) throws IOException {
            if (model == null) {
                model = LoadedModel.load(source);
            }
            return model;
        }

        synchronized void close() {
            if (model != null) {
                model.close();
            }
        }
    }
}
