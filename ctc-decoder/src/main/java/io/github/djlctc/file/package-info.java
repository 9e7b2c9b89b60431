/**
 * Files that are whole at any moment, and errors that name the file.
 *
 * <p>Depends on the JDK only.
 */
package io.github.djlctc.file;
