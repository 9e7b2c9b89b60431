package io.github.djlctc.training;

import io.github.djlctc.host.CopyingReads;

/** How arrays are read in a test: where they are, as on the CPU, or from copies, as on a GPU. */
enum Reading {
    IN_PLACE,
    FROM_COPIES;

    @SuppressWarnings("try") // The resource is a state that ends, not an object to be used.
    void during(Runnable test) {
        if (this == IN_PLACE) {
            test.run();
            return;
        }
        try (CopyingReads copying = CopyingReads.begin()) {
            test.run();
        }
    }
}
