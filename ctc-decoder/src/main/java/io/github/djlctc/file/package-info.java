/**
 * Files that are whole at any moment.
 *
 * <p>Depends on the JDK only.
 */
package io.github.djlctc.file;
