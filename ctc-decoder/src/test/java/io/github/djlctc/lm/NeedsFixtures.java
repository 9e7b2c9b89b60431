package io.github.djlctc.lm;

import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

import java.nio.file.Files;

/** Skips the properties of a class where the models are absent. */
final class NeedsFixtures implements SkipExecutionHook {

    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
        return Files.isDirectory(Fixtures.FOLDER)
                ? SkipResult.doNotSkip()
                : SkipResult.skip("no models at " + Fixtures.FOLDER.toAbsolutePath());
    }
}
