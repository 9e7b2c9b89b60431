/**
 * Brings the values of arrays to Java, from any device.
 *
 * <p>May use DJL's API and nothing else of this library. It is the one place that reads arrays:
 * what a transfer makes on the way is closed here.
 */
package io.github.djlctc.host;
