/**
 * Replaces files atomically, opens files with errors that name them, and says what is wrong with
 * JSON.
 *
 * <p>Depends on the JDK only.
 */
package io.github.djlctc.file;
