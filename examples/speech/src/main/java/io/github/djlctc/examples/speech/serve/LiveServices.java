package io.github.djlctc.examples.speech.serve;

import io.github.djlctc.examples.speech.live.LiveModel;

/**
 * What all streams and requests of a server share.
 *
 * @param model recognises
 * @param limits what a client may ask for
 * @param slots how many may be served at once
 * @param share whose turn it is
 * @param metrics counts
 */
record LiveServices(
        LiveModel model,
        ServerLimits limits,
        Slots slots,
        FairShare share,
        ServerMetrics metrics) {}
