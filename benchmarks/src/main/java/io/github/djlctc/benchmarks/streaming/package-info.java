/** How soon and how well a streaming model of the speech example follows someone who speaks. */
package io.github.djlctc.benchmarks.streaming;
