/**
 * What the examples report in the same way: runs and error rates, as tables and as JSON; Praat
 * TextGrids. May depend on the library, Gson, and the train, data and console packages.
 */
package io.github.djlctc.examples.common.report;
