package io.github.djlctc.examples.htr.corpus.mnist;

import ai.djl.repository.Artifact;
import ai.djl.repository.LocalRepository;
import ai.djl.util.Progress;

import java.nio.file.Path;

/**
 * A local DJL repository whose files are read where they are. DJL's {@link LocalRepository} copies
 * the files to a cache that it does not read afterwards, and looks for them beside the folder of
 * their version.
 */
final class UnpackedRepository extends LocalRepository {

    UnpackedRepository(Path folder) {
        super("local", folder.toUri(), folder);
    }

    @Override
    public void prepare(Artifact artifact, Progress progress) {
        // Nothing to fetch.
    }
}
