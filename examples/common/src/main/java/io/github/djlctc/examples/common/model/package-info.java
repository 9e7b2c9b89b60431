/** What the models of the examples have in common. */
package io.github.djlctc.examples.common.model;
