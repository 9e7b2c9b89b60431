/**
 * What the examples report in the same way: error rates as tables and as JSON. May depend on the
 * library, Gson and the console package.
 */
package io.github.djlctc.examples.common.report;
