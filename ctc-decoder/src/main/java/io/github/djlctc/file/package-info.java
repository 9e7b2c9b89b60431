/**
 * Replaces files atomically, opens files with errors that name them, says which do not fit into
 * memory, and what is wrong with JSON.
 *
 * <p>Depends on the JDK only.
 */
package io.github.djlctc.file;
