/**
 * Replaces files atomically, and opens files with errors that name them.
 *
 * <p>Depends on the JDK only.
 */
package io.github.djlctc.file;
