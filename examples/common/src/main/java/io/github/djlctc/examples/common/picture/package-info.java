/**
 * Pictures of emissions and of tables of figures, drawn without a screen. May depend on the
 * library, {@link io.github.djlctc.examples.common.FrameScale} and the JDK's AWT.
 */
package io.github.djlctc.examples.common.picture;
