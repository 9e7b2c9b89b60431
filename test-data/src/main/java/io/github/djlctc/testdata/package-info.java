/** The data that the tests of all modules read, and the account of the tests that were skipped. */
package io.github.djlctc.testdata;
