/**
 * The alphabet of a recogniser: tokens to class ids and back, and the files which hold it.
 *
 * <p>Depends on the JDK and Gson only.
 */
package io.github.djlctc.text;
